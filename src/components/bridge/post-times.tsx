import { useStore } from '@nanostores/preact';
import { $messages } from '../../stores/language.ts';
import { zoneName } from '../../stores/local-time.ts';
import { $form, editForm } from '../../stores/post-form.ts';
import { TimeField } from './time-field.tsx';

/** When a maintenance begins and ends. */
export function PostTimes() {
  const words = useStore($messages).post;
  const form = useStore($form);
  if (form.kind !== 'maintenance') return null;
  return (
    <div class="stack">
      <div class="pair">
        <TimeField
          id="from"
          label={words.from}
          value={form.from}
          describedBy="zone"
          onChange={(from) => editForm({ from })}
        />
        <TimeField
          id="until"
          label={words.until}
          value={form.until}
          describedBy="zone"
          onChange={(until) => editForm({ until })}
        />
      </div>
      <p id="zone" class="quiet">
        {words.zone(zoneName())}
      </p>
    </div>
  );
}
