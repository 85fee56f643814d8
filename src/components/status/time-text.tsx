import type { Messages } from '../../i18n/messages.ts';
import { age, plannedSpan, plannedTime, timeWithUtc } from '../../i18n/time.ts';
import type { IsoTime } from '../../model/clock.ts';
import type { Reader } from '../../model/view.ts';

interface Props {
  readonly time: IsoTime;
  readonly reader: Reader;
  readonly messages: Messages;
  /** The age alone, where the same line of times stands above. */
  readonly brief?: boolean;
}

/** A time with its age, in the reader's zone and in UTC; in plain HTML and on paper without the age, which would soon be false. */
export function TimeText({ time, reader, messages, brief }: Props) {
  const { now, ticking, printing, timeZone } = reader;
  // In plain HTML the zone is the site's, which no reader can be expected to live in.
  if (!ticking || printing || timeZone === null)
    return <time datetime={time}>{timeWithUtc(time, messages, { timeZone, own: false })}</time>;
  const ago = age(time, now, messages);
  const clock = brief ? '' : `, ${timeWithUtc(time, messages, { timeZone, now, own: true })}`;
  return <time datetime={time}>{ago + clock}</time>;
}

/** A time that was announced, past or to come. */
export function PlannedTime({ time, reader, messages }: Omit<Props, 'brief'>) {
  return <time datetime={time}>{plannedTime(time, messages, reader.timeZone, reader.now)}</time>;
}

/** From when to when something was announced. */
export function PlannedSpan({
  from,
  until,
  reader,
  messages,
}: Pick<Props, 'reader' | 'messages'> & { readonly from: IsoTime; readonly until: IsoTime }) {
  const { timeZone, ticking } = reader;
  return <time datetime={from}>{plannedSpan(from, until, messages, { timeZone, own: ticking })}</time>;
}
