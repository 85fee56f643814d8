import type { Messages } from '../../i18n/messages.ts';
import type { Retraction } from '../../model/snapshot.ts';
import type { Known } from '../../model/view.ts';
import { TimeText } from './time-text.tsx';

interface Props {
  readonly retracted: Retraction;
  readonly known: Pick<Known, 'reader'>;
  readonly messages: Messages;
}

/** When something was taken back, and why. */
export function RetractedMark({ retracted, known, messages }: Props) {
  return (
    <p class="retracted">
      {messages.takenBack} <TimeText time={retracted.at} reader={known.reader} messages={messages} />:{' '}
      {retracted.reason}
    </p>
  );
}
