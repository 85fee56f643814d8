import type { Messages } from '../../i18n/messages.ts';
import type { PublicComponent, PublicIncident } from '../../model/snapshot.ts';
import type { Known } from '../../model/view.ts';
import { UpdateList } from './update-list.tsx';

interface Props {
  readonly incident: PublicIncident;
  readonly components: readonly PublicComponent[];
  readonly known: Pick<Known, 'page' | 'reader'>;
  readonly messages: Messages;
}

/** An incident on the front page: the latest update in full, the earlier ones folded away. */
export function IncidentCard({ incident, components, known, messages }: Props) {
  const [latest, ...earlier] = incident.updates;
  return (
    <section class="incident" data-status={incident.status}>
      <h3>
        <a href={`/incidents/${incident.code}/`}>{incident.name}</a>
      </h3>
      <IncidentFacts incident={incident} components={components} messages={messages} />
      {latest === undefined ? null : (
        <UpdateList code={incident.code} updates={[latest]} known={known} messages={messages} />
      )}
      {earlier.length === 0 ? null : (
        <details>
          <summary>
            {messages.allUpdates} ({incident.updates.length})
          </summary>
          <UpdateList code={incident.code} updates={earlier} known={known} messages={messages} />
        </details>
      )}
    </section>
  );
}

export function IncidentFacts({ incident, components, messages }: Omit<Props, 'known'>) {
  const affected = incident.components.map(({ id, status }) => {
    const name = components.find((component) => component.id === id)?.name ?? id;
    return `${name} (${messages.component[status]})`;
  });
  return (
    <div class="facts quiet">
      <p>
        {messages.impact[incident.impact]}
        {affected.length === 0 ? null : ` · ${messages.affected}: ${affected.join(', ')}`}
      </p>
      {incident.conflict ? <p class="conflict">{messages.conflict}</p> : null}
    </div>
  );
}
