import type { Messages } from '../../i18n/messages.ts';
import { monthText } from '../../i18n/time.ts';
import type { View } from '../../model/view.ts';
import { CopyLine } from '../status/copy-line.tsx';
import { Doubts, type Named } from '../status/doubts.tsx';
import { Frame } from '../status/frame.tsx';
import type { Paint } from '../status/main.tsx';
import { TimeText } from '../status/time-text.tsx';
import { MonthLinks } from './month-links.tsx';
import { Present } from './present.tsx';
import { StretchSection } from './stretch-section.tsx';
import { historyWords } from './words.ts';

interface Props {
  readonly view: View & { readonly type: 'history' };
  readonly messages: Messages;
}

/** What was, by the day on which it began. */
export const paintHistory: Paint = (view, messages) =>
  view.type === 'history' ? <HistoryPage view={view} messages={messages} /> : null;

function HistoryPage({ view, messages }: Props) {
  const { known, month, stretches, components, older, newer, as_of, later } = view;
  const words = historyWords(messages.language);
  const title = month === null ? words.recent : monthText(month, messages);
  return (
    <Frame page={known.page} messages={messages} current="history">
      <Present known={known} messages={messages} words={words} />
      <Doubts known={known} messages={messages} components={components} incidents={told(view)} />
      <section class="month">
        <p class="over quiet">{messages.history}</p>
        <h1>{title}</h1>
        <p class="quiet">{month === null ? words.recentOnly : words.intro}</p>
      </section>
      <MonthLinks older={older} newer={newer} messages={messages} words={words} />
      <div class="days">
        {stretches.map((stretch) => (
          <StretchSection
            key={stretch.type === 'day' ? stretch.day : `${stretch.type} ${stretch.until}`}
            stretch={stretch}
            known={known}
            components={components}
            later={later}
            messages={messages}
            words={words}
          />
        ))}
        <p class="edge quiet">{edge(view, words)}</p>
      </div>
      <MonthLinks again older={older} newer={newer} messages={messages} words={words} />
      <p class="quiet">
        {words.completeUntil} <TimeText time={as_of} reader={known.reader} messages={messages} />.
        {as_of < known.generated_at ? ` ${words.keptLists}` : null}
      </p>
      {known.reader.ticking ? <CopyLine known={known} messages={messages} /> : <p class="quiet">{words.writtenOnce}</p>}
    </Frame>
  );
}

/** What the page lists, for its names. */
function told({ stretches }: Props['view']): readonly Named[] {
  const entries = stretches.flatMap((stretch) => (stretch.type === 'day' ? stretch.entries : []));
  return entries.map(({ code, name, update }) => ({ code, name, updates: update === null ? [] : [update] }));
}

/** What may be said of the time before the last day shown. */
function edge(
  { month, stretches, older, newer }: Props['view'],
  words: ReturnType<typeof historyWords>,
): string | null {
  if (month === null) return stretches.some(({ type }) => type === 'day') ? null : words.nothingHere;
  if (stretches.length === 0) return older === null && newer === null ? words.nothingYet : words.nothingHere;
  return older === null ? words.begins : null;
}
