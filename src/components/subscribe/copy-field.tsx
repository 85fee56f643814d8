import type { SubscribeMessages } from '../../i18n/subscribe-messages.ts';
import type { CopyState } from '../../model/view.ts';

interface Props {
  readonly id: string;
  readonly label: string;
  readonly text: string;
  readonly state: CopyState;
  readonly words: SubscribeMessages;
}

/** Text to take along, and the button that copies it; without a script there is no button that would do nothing. */
export function CopyField({ id, label, text, state, words }: Props) {
  const isMine = (state.type === 'copied' || state.type === 'selected') && state.id === id;
  return (
    <div class="copy-field">
      <pre tabindex={0}>
        <code id={id}>{text}</code>
      </pre>
      {state.type === 'none' ? null : (
        <button type="button" class="button" data-copy={id}>
          <span class="hidden">{label}: </span>
          {isMine ? words[state.type] : words.copy}
        </button>
      )}
    </div>
  );
}
