import type { Messages } from '../../i18n/messages.ts';
import { absoluteTime, age } from '../../i18n/time.ts';
import type { IsoTime } from '../../model/clock.ts';
import type { Reader } from '../../model/view.ts';

interface Props {
  readonly time: IsoTime;
  readonly reader: Reader;
  readonly messages: Messages;
}

/** A time with its age; in plain HTML the time alone, because an age would soon be false. */
export function TimeText({ time, reader, messages }: Props) {
  const absolute = absoluteTime(time, messages, reader.timeZone);
  return <time datetime={time}>{reader.ticking ? `${age(time, reader.now, messages)}, ${absolute}` : absolute}</time>;
}
