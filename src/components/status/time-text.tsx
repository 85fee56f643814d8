import type { Messages } from '../../i18n/messages.ts';
import { absoluteTime, age } from '../../i18n/time.ts';
import type { IsoTime } from '../../model/clock.ts';
import type { Reader } from '../../model/view.ts';

interface Props {
  readonly time: IsoTime;
  readonly reader: Reader;
  readonly messages: Messages;
  /** The age alone, where the same line of times stands above. */
  readonly brief?: boolean;
}

/** A time with its age; in plain HTML the time alone, because an age would soon be false. */
export function TimeText({ time, reader, messages, brief }: Props) {
  const { now, ticking, timeZone } = reader;
  if (!ticking) return <time datetime={time}>{absoluteTime(time, messages, timeZone)}</time>;
  const ago = age(time, now, messages);
  return <time datetime={time}>{brief ? ago : `${ago}, ${absoluteTime(time, messages, timeZone, now)}`}</time>;
}
