import type { Messages } from '../../i18n/messages.ts';
import { percentText } from '../../i18n/number.ts';
import { dayText } from '../../i18n/time.ts';
import type { PublicComponent } from '../../model/snapshot.ts';
import type { DayRun, Uptime } from '../../model/uptime.ts';
import {
  badDays,
  type DayFact,
  dateAt,
  dayAt,
  dayCount,
  uptimeShare,
  watchedDays,
} from '../../model/uptime-reading.ts';
import type { Reader } from '../../model/view.ts';
import { STRIP_HEIGHT, stripPaths } from './strip-paths.ts';
import { uptimeWords } from './words.ts';

export interface StripProps {
  readonly component: PublicComponent;
  readonly uptime: Uptime;
  readonly reader: Reader;
  readonly messages: Messages;
}

/** The last 90 days of one component: a slider over its days where a script runs, a picture with the same words in plain HTML. */
export function UptimeStrip({ component, uptime, reader, messages }: StripProps) {
  // An id may be any word, also one that every object has.
  const runs = Object.hasOwn(uptime.components, component.id) ? uptime.components[component.id] : undefined;
  const last = dayCount(runs ?? []) - 1;
  if (runs === undefined || last < 0) return null;
  const share = uptimeShare(runs);
  const chosen = reader.day?.component === component.id ? Math.min(reader.day.index, last) : null;
  const words = uptimeWords(messages);
  const label = words.byDay(component.name);
  const picture = (
    <svg viewBox={`0 0 ${last + 1} ${STRIP_HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
      {stripPaths(runs).map(({ level, path }) => (
        <path key={level} data-level={level} d={path} />
      ))}
      {chosen === null ? null : <path key="cursor" class="cursor" d={`M${chosen} 0h1v${STRIP_HEIGHT}h-1z`} />}
    </svg>
  );
  return (
    <div class="uptime">
      {reader.ticking ? (
        <div
          class="strip"
          data-strip={component.id}
          role="slider"
          tabIndex={0}
          aria-label={label}
          aria-valuemin={0}
          aria-valuemax={last}
          aria-valuenow={chosen ?? last}
          aria-valuetext={wordsAt(uptime, runs, chosen ?? last, messages)}
        >
          {picture}
        </div>
      ) : (
        <div class="strip" role="img" aria-label={label}>
          {picture}
        </div>
      )}
      <p class="share quiet" aria-hidden="true">
        {share === null ? words.level.unwatched : percentText(share, messages)}
      </p>
      <p class="hidden">{summary(uptime, runs, messages)}</p>
      {chosen === null ? null : (
        <p class="day" aria-hidden="true">
          {wordsAt(uptime, runs, chosen, messages)}
        </p>
      )}
    </div>
  );
}

/** The whole strip in words: the share, then every day with trouble. */
function summary(uptime: Uptime, runs: readonly DayRun[], messages: Messages): string {
  const words = uptimeWords(messages);
  const share = uptimeShare(runs);
  if (share === null) return words.unknown;
  const bad = badDays(uptime, runs).map(({ from, to, ...fact }) => {
    const days = from === to ? [from] : [from, to];
    return `${days.map((day) => dayText(day, messages)).join(' – ')}: ${wordsOf(fact, messages)}`;
  });
  return [words.share(percentText(share, messages), watchedDays(runs)), ...bad].join('; ');
}

function wordsAt(uptime: Uptime, runs: readonly DayRun[], index: number, messages: Messages): string {
  const fact = dayAt(runs, index) ?? { level: 'unwatched', down: 0 };
  return `${dayText(dateAt(uptime, runs, index), messages)}: ${wordsOf(fact, messages)}`;
}

function wordsOf({ level, down }: DayFact, messages: Messages): string {
  const words = uptimeWords(messages);
  return down === 0 ? words.level[level] : `${words.level[level]}, ${words.minutesDown(down)}`;
}
