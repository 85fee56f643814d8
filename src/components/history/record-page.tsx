import type { Messages } from '../../i18n/messages.ts';
import { absoluteTime } from '../../i18n/time.ts';
import { nameIn } from '../../i18n/translated.ts';
import type { PublicRecord } from '../../model/public-record.ts';
import type { View } from '../../model/view.ts';
import { CopyLine } from '../status/copy-line.tsx';
import { Doubts } from '../status/doubts.tsx';
import { Frame } from '../status/frame.tsx';
import type { Paint } from '../status/main.tsx';
import { RetractedMark } from '../status/retracted-mark.tsx';
import { Said } from '../status/said.tsx';
import { LaterNote } from './later-note.tsx';
import { Present } from './present.tsx';
import { RecordFacts } from './record-facts.tsx';
import { RecordUpdates } from './record-updates.tsx';
import { SignedNote } from './signed-note.tsx';
import { historyWords } from './words.ts';

type RecordView = View & { readonly type: 'incident' | 'maintenance' };

interface Props {
  readonly view: RecordView | (View & { readonly type: 'absent' });
  readonly messages: Messages;
}

/** One incident or maintenance in full; or the honest word that this copy does not hold it. */
export const paintRecord: Paint = (view, messages) =>
  view.type === 'incident' || view.type === 'maintenance' || view.type === 'absent' ? (
    <RecordPage view={view} messages={messages} />
  ) : null;

function RecordPage({ view, messages }: Props) {
  const { known } = view;
  const named = view.type === 'absent' ? {} : { components: view.components, incidents: [recordOf(view)] };
  const words = historyWords(messages.language);
  return (
    <Frame page={known.page} messages={messages} current={null}>
      <Present known={known} messages={messages} words={words} />
      <Doubts known={known} messages={messages} {...named} />
      {view.type === 'absent' ? (
        <section>
          <h1>{messages.headline.unknown}</h1>
          <p>{words.absent(absoluteTime(known.generated_at, messages, known.reader.timeZone))}</p>
        </section>
      ) : (
        <RecordInFull view={view} messages={messages} />
      )}
      {known.reader.ticking ? <CopyLine known={known} messages={messages} /> : <p class="quiet">{words.writtenOnce}</p>}
    </Frame>
  );
}

function RecordInFull({ view, messages }: { readonly view: RecordView; readonly messages: Messages }) {
  const { known, silence } = view;
  const words = historyWords(messages.language);
  const record = recordOf(view);
  const { retracted, retractions = [] } = record;
  const status = silence === 'ended' ? 'unknown' : record.status;
  const marks = retracted === undefined ? retractions : [retracted];
  const name = nameIn(messages.language, record, known.page.language);
  return (
    <section class="incident full" data-status={status} data-retracted={retracted && 'true'}>
      <p class="over quiet">{words[view.type]}</p>
      <h1>
        <Said {...name} struck={retracted !== undefined} />
      </h1>
      {marks.length === 0 ? null : (
        <div class="taken-back">
          <p>{retracted === undefined ? words.wasOverruled : words.wasTakenBack}</p>
          {marks.map((one) => (
            <RetractedMark key={one.at} retracted={one} known={known} messages={messages} />
          ))}
        </div>
      )}
      {silence === null ? null : <LaterNote later={silence} words={words} />}
      <RecordFacts view={view} messages={messages} words={words} />
      {record.conflict ? <p class="conflict">{messages.conflict}</p> : null}
      <RecordUpdates record={record} components={view.components} known={known} messages={messages} words={words} />
      <SignedNote view={view} code={record.code} messages={messages} words={words} />
    </section>
  );
}

function recordOf(view: RecordView): PublicRecord {
  return view.type === 'incident' ? view.incident : view.maintenance;
}
