import type { Messages } from '../../i18n/messages.ts';
import { phaseOf } from '../../model/maintenance-phase.ts';
import type { View } from '../../model/view.ts';
import { GroupSection } from './component-list.tsx';
import { CopyLine } from './copy-line.tsx';
import { Doubts } from './doubts.tsx';
import { Frame } from './frame.tsx';
import { Headline } from './headline.tsx';
import { IncidentCard } from './incident-card.tsx';
import { KnownTimes } from './known-times.tsx';
import type { Paint } from './main.tsx';
import { MaintenanceCard } from './maintenance-card.tsx';
import { RecentSection } from './recent-section.tsx';
import { UptimeNote } from './uptime-note.tsx';

interface Props {
  readonly view: View & { readonly type: 'status' };
  readonly messages: Messages;
}

/** The front page: the answer, what is being done about it, then every part. */
export const paintStatus: Paint = (view, messages) =>
  view.type === 'status' ? <StatusPage view={view} messages={messages} /> : null;

function StatusPage({ view, messages }: Props) {
  const { known, groups, incidents, maintenances, uptime } = view;
  const { reader } = known;
  const components = groups.flatMap((group) => group.components);
  const phases = Map.groupBy(maintenances, (one) => (one.retracted ? 'ended' : phaseOf(one, reader.now)));
  const [ahead, ended] = [phases.get('ahead') ?? [], phases.get('ended') ?? []];
  const now = maintenances.filter((one) => !ahead.includes(one) && !ended.includes(one));
  const shared = { components, known, messages };
  return (
    <Frame page={known.page} messages={messages} current="status">
      <Headline known={known} messages={messages} incident={incidents[0]} />
      <KnownTimes known={known} messages={messages} />
      <Doubts known={known} messages={messages} components={components} incidents={incidents} />
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
          <GroupSection key={group.id ?? ''} group={group} uptime={uptime} reader={reader} messages={messages} />
        ))}
        {uptime === null ? null : <UptimeNote messages={messages} />}
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
      <CopyLine known={known} messages={messages} />
    </Frame>
  );
}
