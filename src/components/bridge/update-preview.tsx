import { useStore } from '@nanostores/preact';
import type { ComponentChildren } from 'preact';
import type { IncidentUpdateBody } from '../../model/public-content.ts';
import { $messages } from '../../stores/language.ts';
import { $components } from '../../stores/post-form.ts';

interface Properties {
  readonly update: Pick<IncidentUpdateBody, 'name' | 'status' | 'impact' | 'text' | 'components'>;
  /** Id of its event, once it has one. */
  readonly id?: string;
  readonly children?: ComponentChildren;
}

/** Everything that the public would see of an update, for whoever has to say yes to it. */
export function UpdatePreview({ update, id, children }: Properties) {
  const messages = useStore($messages);
  const components = useStore($components);
  return (
    <article class="preview" data-update={id} data-status={update.status}>
      <h3 dir="auto">{update.name.trim()}</h3>
      <p>
        <span class="pill">{messages.incident[update.status]}</span>{' '}
        <span class="quiet">{messages.impact[update.impact]}</span>
      </p>
      <p class="entry-text" dir="auto">
        {update.text.trim()}
      </p>
      {update.components.length > 0 && (
        <ul class="rows">
          {update.components.map(({ id: component, status }) => (
            <li key={component} data-status={status}>
              <span class="row-name">{components.find((one) => one.id === component)?.name ?? component}</span>
              <span class="pill">{messages.status[status]}</span>
            </li>
          ))}
        </ul>
      )}
      {children}
    </article>
  );
}
