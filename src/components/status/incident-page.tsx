import type { Messages } from '../../i18n/messages.ts';
import { absoluteTime } from '../../i18n/time.ts';
import type { View } from '../../model/view.ts';
import { CopyLine } from './copy-line.tsx';
import { Doubts } from './doubts.tsx';
import { Frame } from './frame.tsx';
import { Headline } from './headline.tsx';
import { IncidentFacts } from './incident-card.tsx';
import type { Paint } from './main.tsx';
import { TimeText } from './time-text.tsx';
import { UpdateList } from './update-list.tsx';

interface Props {
  readonly view: View & { readonly type: 'incident' | 'absent' };
  readonly messages: Messages;
}

/** One incident in full; or the honest word that this copy does not hold it. */
export const paintIncident: Paint = (view, messages) =>
  view.type === 'incident' || view.type === 'absent' ? <IncidentPage view={view} messages={messages} /> : null;

function IncidentPage({ view, messages }: Props) {
  const { known } = view;
  return (
    <Frame page={known.page} messages={messages} current={null}>
      {/* In plain HTML an incident's page is written once and says nothing of the present. */}
      {known.reader.ticking ? <Headline known={known} messages={messages} small /> : null}
      <Doubts known={known} messages={messages} />
      {view.type === 'absent' ? (
        <section>
          <h1>{messages.missing}</h1>
          <p>{messages.absent(absoluteTime(known.generated_at, messages, known.reader.timeZone))}</p>
        </section>
      ) : (
        <IncidentInFull view={view} messages={messages} />
      )}
      <CopyLine known={known} messages={messages} />
    </Frame>
  );
}

function IncidentInFull({
  view,
  messages,
}: {
  readonly view: View & { type: 'incident' };
  readonly messages: Messages;
}) {
  const { incident, components, known } = view;
  const { reader } = known;
  return (
    <section class="incident full" data-status={incident.status}>
      <h1>{incident.name}</h1>
      <IncidentFacts incident={incident} components={components} messages={messages} />
      <p class="quiet">
        {messages.started} <TimeText time={incident.started_at} reader={reader} messages={messages} />
      </p>
      {incident.resolved_at === null ? null : (
        <p class="quiet">
          {messages.resolvedAt} <TimeText time={incident.resolved_at} reader={reader} messages={messages} />
        </p>
      )}
      <h2>{messages.updates}</h2>
      <UpdateList
        code={incident.code}
        updates={incident.updates}
        known={known}
        messages={messages}
        components={components}
      />
    </section>
  );
}
