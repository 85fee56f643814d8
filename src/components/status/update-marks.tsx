import type { Messages } from '../../i18n/messages.ts';
import type { PublicUpdate } from '../../model/snapshot.ts';
import type { Known } from '../../model/view.ts';
import { RetractedMark } from './retracted-mark.tsx';
import { Said } from './said.tsx';
import { TimeText } from './time-text.tsx';

interface Props {
  readonly update: PublicUpdate<string>;
  readonly known: Pick<Known, 'page' | 'reader'>;
  readonly messages: Messages;
}

/** What happened to an update after it was said: dated back, corrected (with the texts that stood there before), taken back. */
export function UpdateMarks({ update, known, messages }: Props) {
  const { reader, page } = known;
  const earlier = update.corrected ?? [];
  // A correction is written later too; dated back is only what was first written at another time than it tells of.
  const firstWritten = earlier.at(-1)?.at ?? update.written_at ?? update.at;
  return (
    <div class="marks quiet">
      {firstWritten === update.at ? null : (
        <p>
          {messages.writtenLater} <TimeText time={firstWritten} reader={reader} messages={messages} />
        </p>
      )}
      {earlier.length === 0 ? null : (
        <details>
          <summary>
            <span>
              {messages.corrected}{' '}
              <TimeText time={update.written_at ?? update.at} reader={reader} messages={messages} />
            </span>
          </summary>
          {earlier.map(({ id, text, at }) => (
            <div key={id} class="earlier">
              <p>
                {messages.before} <TimeText time={at} reader={reader} messages={messages} />
              </p>
              <Said text={text} lang={update.lang ?? page.language} struck />
            </div>
          ))}
        </details>
      )}
      {update.retracted === undefined ? null : (
        <RetractedMark retracted={update.retracted} known={known} messages={messages} />
      )}
    </div>
  );
}
