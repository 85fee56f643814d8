import type { Messages } from '../../i18n/messages.ts';
import { age, plannedTime, timeWithUtc } from '../../i18n/time.ts';
import type { IsoTime } from '../../model/clock.ts';
import type { Reader } from '../../model/view.ts';

interface Props {
  readonly time: IsoTime;
  readonly reader: Reader;
  readonly messages: Messages;
  /** The age alone, where the same line of times stands above. */
  readonly brief?: boolean;
}

/** A time with its age, in the reader's zone and in UTC; in plain HTML without the age, which would soon be false. */
export function TimeText({ time, reader, messages, brief }: Props) {
  const { now, ticking, timeZone } = reader;
  if (!ticking) return <time datetime={time}>{timeWithUtc(time, messages, timeZone)}</time>;
  const ago = age(time, now, messages);
  return <time datetime={time}>{brief ? ago : `${ago}, ${timeWithUtc(time, messages, timeZone, now)}`}</time>;
}

/** A time that was announced, past or to come. */
export function PlannedTime({ time, reader, messages }: Omit<Props, 'brief'>) {
  return <time datetime={time}>{plannedTime(time, messages, reader.timeZone)}</time>;
}
