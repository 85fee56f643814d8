import { useStore } from '@nanostores/preact';
import { COMPONENT_STATUSES } from '../../model/status.ts';
import { $messages } from '../../stores/language.ts';
import { $form, affect } from '../../stores/post-form.ts';
import { $components } from '../../stores/public.ts';
import { Choice } from './choice.tsx';

/** Which components an incident's update names, and how each of them is. */
export function AffectedComponents() {
  const messages = useStore($messages);
  const form = useStore($form);
  const components = useStore($components);
  if (form.kind !== 'incident' || components.length === 0) return null;
  return (
    <fieldset>
      <legend>{messages.post.components}</legend>
      <div class="pair">
        {components.map(({ id, name }) => (
          <Choice
            key={id}
            id={`affected-${id}`}
            label={name}
            value={form.components.find((component) => component.id === id)?.status ?? ''}
            options={[
              ['', messages.post.untouched],
              ...COMPONENT_STATUSES.filter((status) => status !== 'unknown').map(
                (status) => [status, messages.status[status]] as const,
              ),
            ]}
            onChoose={(status) => affect(id, status)}
          />
        ))}
      </div>
    </fieldset>
  );
}
