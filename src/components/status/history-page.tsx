import type { Messages } from '../../i18n/messages.ts';
import type { View } from '../../model/view.ts';
import { CopyLine } from './copy-line.tsx';
import { Doubts } from './doubts.tsx';
import { Frame } from './frame.tsx';
import { Headline } from './headline.tsx';
import { IncidentCard } from './incident-card.tsx';
import type { Paint } from './main.tsx';

interface Props {
  readonly view: View & { readonly type: 'history' };
  readonly messages: Messages;
}

/** The list of what was. */
export const paintHistory: Paint = (view, messages) =>
  view.type === 'history' ? <HistoryPage view={view} messages={messages} /> : null;

function HistoryPage({ view, messages }: Props) {
  const { known, incidents, components } = view;
  return (
    <Frame page={known.page} messages={messages} current="history">
      {known.reader.ticking ? <Headline known={known} messages={messages} small /> : null}
      <Doubts known={known} messages={messages} />
      <h1>{messages.history}</h1>
      <section>
        <h2>{messages.recentIncidents}</h2>
        <p class="quiet">
          {incidents.length === 0 && !known.left_out?.incidents ? messages.noRecent : messages.historyIntro}
        </p>
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
      <CopyLine known={known} messages={messages} />
    </Frame>
  );
}
