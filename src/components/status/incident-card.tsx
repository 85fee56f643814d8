import type { Messages } from '../../i18n/messages.ts';
import { nameIn } from '../../i18n/translated.ts';
import { componentName } from '../../model/component-name.ts';
import type { PublicComponent, PublicIncident } from '../../model/snapshot.ts';
import type { Known } from '../../model/view.ts';
import { RetractedMark } from './retracted-mark.tsx';
import { Said } from './said.tsx';
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
  const { code, status, retracted } = incident;
  return (
    <section class="incident" data-status={status}>
      <h3>
        <a href={`/incidents/${code}/`}>
          <Said {...nameIn(messages.language, incident, known.page.language)} struck={retracted !== undefined} />
        </a>
      </h3>
      <IncidentFacts incident={incident} components={components} known={known} messages={messages} />
      {latest === undefined ? null : <UpdateList code={code} updates={[latest]} known={known} messages={messages} />}
      {earlier.length === 0 ? null : (
        <details>
          <summary>
            {messages.allUpdates} ({incident.updates.length})
          </summary>
          <UpdateList code={code} updates={earlier} known={known} messages={messages} />
        </details>
      )}
    </section>
  );
}

/** How bad it is, what it touches, and whether its authors contradict each other or took it back. */
function IncidentFacts({ incident, components, known, messages }: Props) {
  const { impact, conflict, retracted } = incident;
  const affected = incident.components.map(
    ({ id, status }) => `${componentName(components, id)} (${messages.component[status]})`,
  );
  return (
    <div class="facts quiet">
      <p>
        <b data-impact={impact}>{messages.impact[impact]}</b>
        {affected.length === 0 ? null : ` · ${messages.affected}: ${affected.join(', ')}`}
      </p>
      {conflict ? <p class="conflict">{messages.conflict}</p> : null}
      {retracted === undefined ? null : <RetractedMark retracted={retracted} known={known} messages={messages} />}
    </div>
  );
}
