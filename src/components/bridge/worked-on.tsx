import { useStore } from '@nanostores/preact';
import { $messages } from '../../stores/language.ts';
import { $form, workOn } from '../../stores/post-form.ts';
import { $components } from '../../stores/public.ts';

/** Which components a maintenance is about. */
export function WorkedOn() {
  const words = useStore($messages).post;
  const form = useStore($form);
  const components = useStore($components);
  if (form.kind !== 'maintenance' || components.length === 0) return null;
  return (
    <fieldset>
      <legend>{words.workedOn}</legend>
      <div class="pair">
        {components.map(({ id, name }) => (
          <label key={id} class="check">
            <input
              type="checkbox"
              name={`worked-on-${id}`}
              checked={form.components.includes(id)}
              onChange={(event) => workOn(id, event.currentTarget.checked)}
            />
            <span>{name}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
