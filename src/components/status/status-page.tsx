import type { Messages } from '../../i18n/messages.ts';
import type { View } from '../../model/view.ts';
import { GroupSection } from './component-list.tsx';
import { CopyLine } from './copy-line.tsx';
import { Doubts } from './doubts.tsx';
import { Frame } from './frame.tsx';
import { Headline } from './headline.tsx';
import { IncidentCard } from './incident-card.tsx';
import { KnownTimes } from './known-times.tsx';
import type { Paint } from './main.tsx';

interface Props {
  readonly view: View & { readonly type: 'status' };
  readonly messages: Messages;
}

/** The front page: the answer, what is being done about it, then every part. */
export const paintStatus: Paint = (view, messages) =>
  view.type === 'status' ? <StatusPage view={view} messages={messages} /> : null;

function StatusPage({ view, messages }: Props) {
  const { known, groups, incidents, recent } = view;
  const { reader } = known;
  const components = groups.flatMap((group) => group.components);
  return (
    <Frame page={known.page} messages={messages} current="status">
      <Headline known={known} messages={messages} incident={incidents[0]} />
      <KnownTimes known={known} messages={messages} />
      <Doubts known={known} messages={messages} />
      {incidents.length === 0 ? null : (
        <section class="incidents">
          <h2>{messages.openIncidents}</h2>
          {incidents.map((incident) => (
            <IncidentCard
              key={incident.code}
              incident={incident}
              components={components}
              known={known}
              messages={messages}
            />
          ))}
        </section>
      )}
      <section class="all">
        <h2>{messages.components}</h2>
        {groups.map((group) => (
          <GroupSection key={group.id ?? ''} group={group} reader={reader} messages={messages} />
        ))}
      </section>
      <section class="recent">
        <h2>{messages.recentIncidents}</h2>
        {recent.length === 0 && !known.left_out?.incidents ? <p class="quiet">{messages.noRecent}</p> : null}
        {recent.map((incident) => (
          <IncidentCard
            key={incident.code}
            incident={incident}
            components={components}
            known={known}
            messages={messages}
          />
        ))}
      </section>
      <CopyLine known={known} messages={messages} />
    </Frame>
  );
}
