import { useStore } from '@nanostores/preact';
import { $messages } from '../../stores/language.ts';
import { utcText, zoneName } from '../../stores/local-time.ts';
import { $form, editForm } from '../../stores/post-form.ts';
import { TimeField } from './time-field.tsx';

/** Dates an update back, only where somebody switches that on. */
export function PostHappened() {
  const words = useStore($messages).post;
  const { happened } = useStore($form);
  return (
    <div class="stack">
      <label class="check">
        <input
          type="checkbox"
          id="happened"
          checked={happened !== null}
          onChange={(event) => editForm({ happened: event.currentTarget.checked ? '' : null })}
        />
        <span>{words.happened}</span>
      </label>
      {happened !== null && (
        <>
          <TimeField
            id="happened-at"
            label={words.happenedAt}
            value={happened}
            describedBy="happened-zone"
            onChange={(time) => editForm({ happened: time })}
          />
          <p id="happened-zone" class="quiet">
            {happened === '' ? words.zone(zoneName()) : words.happenedHint(utcText(happened))}
          </p>
        </>
      )}
    </div>
  );
}
