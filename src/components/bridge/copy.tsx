import { useStore } from '@nanostores/preact';
import { useState } from 'preact/hooks';
import { $messages } from '../../stores/language.ts';

/** A button that copies `text` and says whether that worked. */
export function Copy({ text, label }: { readonly text: string; readonly label?: string }) {
  const words = useStore($messages).runbooks;
  const [result, setResult] = useState<'none' | 'copied' | 'failed'>('none');
  const copy = () => {
    navigator.clipboard.writeText(text).then(
      () => setResult('copied'),
      () => setResult('failed'),
    );
  };
  return (
    <button type="button" class="copy" onClick={copy} onBlur={() => setResult('none')}>
      <span aria-live="polite">
        {result === 'none' ? (label ?? words.copy) : result === 'copied' ? words.copied : words.copyFailed}
      </span>
    </button>
  );
}
