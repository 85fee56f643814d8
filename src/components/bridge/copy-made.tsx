import { useStore } from '@nanostores/preact';
import { useId, useState } from 'preact/hooks';
import { $messages } from '../../stores/language.ts';

interface Properties {
  readonly label: string;
  readonly make: () => Promise<string | null>;
}

/** A button that makes a text and copies it; where the browser forbids that, the text stands there to be selected. */
export function CopyMade({ label, make }: Properties) {
  const words = useStore($messages).people.carry;
  const field = useId();
  const [made, setMade] = useState<{ readonly text: string; readonly copied: boolean } | null>(null);
  const copy = async () => {
    const text = await make();
    if (text === null) return;
    const copied = await navigator.clipboard.writeText(text).then(
      () => true,
      () => false,
    );
    setMade({ text, copied });
  };
  return (
    <div class="stack">
      <button type="button" onClick={() => void copy()}>
        {label}
      </button>
      <p role="status">{made?.copied === true && words.copied}</p>
      {made !== null && !made.copied && (
        <>
          <label for={field}>{words.failed}</label>
          <textarea id={field} readOnly rows={3} value={made.text} onFocus={(event) => event.currentTarget.select()} />
        </>
      )}
    </div>
  );
}
