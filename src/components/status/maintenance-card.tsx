import type { Messages } from '../../i18n/messages.ts';
import { nameIn } from '../../i18n/translated.ts';
import { componentName } from '../../model/component-name.ts';
import { phaseOf } from '../../model/maintenance-phase.ts';
import type { PublicComponent, PublicMaintenance } from '../../model/snapshot.ts';
import type { Known } from '../../model/view.ts';
import { RetractedMark } from './retracted-mark.tsx';
import { Said } from './said.tsx';
import { PlannedSpan, PlannedTime } from './time-text.tsx';
import { UpdateList } from './update-list.tsx';

interface Props {
  readonly maintenance: PublicMaintenance;
  readonly components: readonly PublicComponent[];
  readonly known: Pick<Known, 'page' | 'reader'>;
  readonly messages: Messages;
}

/** A maintenance on the front page: when, what is touched, the latest word in full. */
export function MaintenanceCard({ maintenance, components, known, messages }: Props) {
  const { code, status, updates, retracted } = maintenance;
  return (
    <section class="incident" data-maintenance={code} data-status={status}>
      <h3>
        <a href={`/incidents/${code}/`}>
          <Said {...nameIn(messages.language, maintenance, known.page.language)} struck={retracted !== undefined} />
        </a>
      </h3>
      <MaintenanceFacts maintenance={maintenance} components={components} known={known} messages={messages} />
      <UpdateList code={code} updates={updates.slice(0, 1)} known={known} messages={messages} />
    </section>
  );
}

/** The plan against what was confirmed, and what it touches. A plan whose time is past is never told as done. */
function MaintenanceFacts({ maintenance, components, known, messages }: Props) {
  const { reader } = known;
  const { scheduled_for, scheduled_until, conflict, retracted } = maintenance;
  const phase = phaseOf(maintenance, reader.now);
  const affected = maintenance.components.map((id) => componentName(components, id));
  const due =
    phase === 'late' || phase === 'passed'
      ? ([messages.dueToStart, scheduled_for] as const)
      : phase === 'overrun'
        ? ([messages.dueToEnd, scheduled_until] as const)
        : null;
  return (
    <div class="facts quiet">
      <p>
        {messages.planned}{' '}
        <PlannedSpan from={scheduled_for} until={scheduled_until} reader={reader} messages={messages} />
      </p>
      {due === null ? null : (
        <p class="due" data-phase={phase}>
          {due[0]} <PlannedTime time={due[1]} reader={reader} messages={messages} />, {messages.unconfirmed}.
        </p>
      )}
      {affected.length === 0 ? null : (
        <p>
          {messages.affected}: {affected.join(', ')}
        </p>
      )}
      {conflict ? <p class="conflict">{messages.conflict}</p> : null}
      {retracted === undefined ? null : <RetractedMark retracted={retracted} known={known} messages={messages} />}
    </div>
  );
}
