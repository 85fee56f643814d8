import { useStore } from '@nanostores/preact';
import type { BridgeMessages } from '../../i18n/bridge-en.ts';
import { kept } from '../../i18n/kept.ts';
import { isoTime } from '../../model/clock.ts';
import { $now } from '../../stores/clock.ts';
import { $locale, $messages } from '../../stores/language.ts';
import { spanText } from '../../stores/span.ts';

/** Clocks of two devices are rarely closer than this; below it nothing is "ahead". */
const SKEW_MS = 5_000;

/** A point in time on the reader's clock, as short as it can be said without doubt; the full UTC time on hover. */
export function When({ at, seconds = false }: { readonly at: number; readonly seconds?: boolean }) {
  const language = useStore($locale);
  const iso = isoTime(at);
  return (
    <time dateTime={iso} title={`${iso.slice(0, 19).replace('T', ' ')} UTC`}>
      {clockTime(at, language, seconds)}
    </time>
  );
}

/** How long ago, growing by itself. */
export function Ago({ at }: { readonly at: number }) {
  const now = useStore($now);
  const words = useStore($messages);
  return <time dateTime={isoTime(at)}>{agoText(now - at, words.time)}</time>;
}

/** `03:12`, with the day before it when that is not today in the reader's zone. */
export function clockTime(at: number, language: string, seconds = false): string {
  const date = new Date(at);
  const time = formatters(language)(seconds ? 'second' : 'minute').format(date);
  return date.toDateString() === new Date().toDateString() ? time : `${dayText(at, language)} ${time}`;
}

export function dayText(at: number, language: string): string {
  const isThisYear = new Date(at).getFullYear() === new Date().getFullYear();
  return formatters(language)(isThisYear ? 'day' : 'dayOfYear').format(at);
}

const CLOCK = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
const DAY_OF_MONTH = { day: 'numeric', month: 'short' } as const;
const FORMS = {
  minute: CLOCK,
  second: { ...CLOCK, second: '2-digit' },
  day: DAY_OF_MONTH,
  dayOfYear: { ...DAY_OF_MONTH, year: 'numeric' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

const formatters = kept((language: string) =>
  kept((form: keyof typeof FORMS) => new Intl.DateTimeFormat(language, FORMS[form])),
);

/** "4 min ago"; rounds down, so that an age is never flattered by more than its own unit. */
export function agoText(age: number, words: BridgeMessages['time']): string {
  if (age < -SKEW_MS) return words.ahead(spanText(-age, words));
  return age < SKEW_MS ? words.now : words.ago(spanText(age, words));
}
