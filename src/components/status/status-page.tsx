import type { Messages } from '../../i18n/messages.ts';
import { gravest } from '../../model/gravest.ts';
import { phaseOf } from '../../model/maintenance-phase.ts';
import type { View } from '../../model/view.ts';
import { GroupSection } from './component-list.tsx';
import { CopyLine } from './copy-line.tsx';
import { Frame } from './frame.tsx';
import { Headline } from './headline.tsx';
import { IncidentCard } from './incident-card.tsx';
import { KnownTimes } from './known-times.tsx';
import type { Paint } from './main.tsx';
import { MaintenanceCard } from './maintenance-card.tsx';
import { RecentSection } from './recent-section.tsx';
import type { Rest } from './rest.tsx';

/** So many parts find room on a phone without being folded away. */
const FEW = 6;

interface Props {
  readonly view: View & { readonly type: 'status' };
  readonly messages: Messages;
  readonly rest: Rest | null;
}

/**
 * The front page: the answer, what is being done about it, then every part. `rest` is null until it is loaded, and `'none'` for
 * the answer alone.
 */
export function paintStatus(rest: Rest | null | 'none'): Paint {
  return (view, messages) =>
    view.type === 'status' ? <StatusPage view={view} messages={messages} rest={rest} /> : null;
}

function StatusPage({ view, messages, rest }: Omit<Props, 'rest'> & { readonly rest: Rest | null | 'none' }) {
  const { known, incidents } = view;
  return (
    <Frame page={known.page} messages={messages} current="status" goesOn={rest === 'none'}>
      <Headline known={known} messages={messages} incident={gravest(incidents) ?? undefined} />
      <KnownTimes known={known} messages={messages} />
      {rest === 'none' ? null : <Below view={view} messages={messages} rest={rest} />}
    </Frame>
  );
}

function Below({ view, messages, rest }: Props) {
  const { known, groups, incidents, maintenances, uptime } = view;
  const { reader } = known;
  const components = groups.flatMap((group) => group.components);
  const phases = Map.groupBy(maintenances, (one) => (one.retracted ? 'ended' : phaseOf(one, reader.now)));
  // Nobody said that what has passed ever began: it stands among the plans, not among what happens now.
  const ahead = [...(phases.get('passed') ?? []), ...(phases.get('ahead') ?? [])];
  const ended = phases.get('ended') ?? [];
  const now = maintenances.filter((one) => !ahead.includes(one) && !ended.includes(one));
  const shared = { components, known, messages };
  return (
    <>
      {rest && <rest.Doubts {...view} {...shared} />}
      {incidents.length === 0 ? null : (
        <section class="incidents">
          <h2>{messages.openIncidents}</h2>
          {incidents.map((incident) => (
            <IncidentCard key={incident.code} incident={incident} {...shared} />
          ))}
        </section>
      )}
      {now.length === 0 ? null : (
        <section class="incidents">
          <h2>{messages.maintenanceNow}</h2>
          {now.map((maintenance) => (
            <MaintenanceCard key={maintenance.code} maintenance={maintenance} {...shared} />
          ))}
        </section>
      )}
      <section class="all">
        <h2>{messages.components}</h2>
        {groups.map((group) => (
          <GroupSection
            key={group.id ?? ''}
            group={group}
            folds={components.length > FEW}
            uptime={uptime}
            Strip={rest?.Strip}
            reader={reader}
            messages={messages}
          />
        ))}
        {rest && components.length === 0 && known.left_out === null ? (
          <rest.NothingListed messages={messages} />
        ) : (
          rest && uptime && <rest.Note uptime={uptime} messages={messages} />
        )}
      </section>
      {ahead.length === 0 ? null : (
        <section class="ahead">
          <h2>{messages.maintenanceAhead}</h2>
          {ahead.map((maintenance) => (
            <MaintenanceCard key={maintenance.code} maintenance={maintenance} {...shared} />
          ))}
        </section>
      )}
      <RecentSection incidents={view.recent} maintenances={ended} {...shared} />
      <CopyLine known={known} messages={messages}>
        {rest && !reader.ticking ? <rest.PlainNote known={known} messages={messages} /> : null}
      </CopyLine>
    </>
  );
}
