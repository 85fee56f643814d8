import { useStore } from '@nanostores/preact';
import { useState } from 'preact/hooks';
import { $messages } from '../../stores/language.ts';
import { sentenceOf } from '../../stores/local.ts';

interface Properties {
  readonly label: string;
  /** For readers of the screen, where the label alone does not say of what. */
  readonly longLabel?: string;
  readonly look?: 'primary' | 'danger';
  readonly disabled?: boolean;
  readonly work: () => Promise<unknown>;
}

/** A button that does one thing once, and says in words when it could not be done. */
export function Task({ label, longLabel, look, disabled = false, work }: Properties) {
  const words = useStore($messages).people;
  const [state, setState] = useState<'idle' | 'working' | { readonly failed: string }>('idle');
  const start = () => {
    setState('working');
    work().then(
      () => setState('idle'),
      (error: unknown) => setState({ failed: sentenceOf(error) }),
    );
  };
  return (
    <>
      <button
        type="button"
        class={look}
        aria-label={longLabel}
        disabled={disabled || state === 'working'}
        onClick={start}
      >
        {label}
      </button>
      {typeof state === 'object' && (
        <p class="problem" role="alert">
          {words.notDone(state.failed)}
        </p>
      )}
    </>
  );
}
