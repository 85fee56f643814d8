import { useStore } from '@nanostores/preact';
import { $draft, $tooLong, sendDraft, writeDraft } from '../../stores/draft.ts';
import { $messages } from '../../stores/language.ts';

/** Writes into the room. Works without any relay; the draft is kept sealed on this device. */
export function Composer() {
  const words = useStore($messages).room;
  const draft = useStore($draft);
  const isTooLong = useStore($tooLong);
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        void sendDraft();
      }}
    >
      <label for="message" class="hidden">
        {words.label}
      </label>
      <textarea
        id="message"
        rows={2}
        value={draft}
        placeholder={words.label}
        aria-describedby="composer-hint composer-problem"
        aria-invalid={isTooLong}
        onInput={(event) => writeDraft(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
          event.preventDefault();
          void sendDraft();
        }}
      />
      <button type="submit" class="primary" disabled={isTooLong}>
        {words.send}
      </button>
      <p id="composer-hint" class="hidden">
        {words.hint}
      </p>
      <p id="composer-problem" class="problem" role="status">
        {isTooLong && words.tooLong}
      </p>
    </form>
  );
}
