import { canonical } from '../../model/canonical.ts';
import { dayOf, dayStart, daysBefore, nextMidnight, secondsByStatus } from '../../model/days.ts';
import type { DayBody, ObservationBody } from '../../model/public-content.ts';
import type { Subject } from '../../model/pulse.ts';
import { BODY_BYTES, bytesInside, dealtOut } from './event-room.ts';
import type { Earlier } from './watcher-log.ts';

/** Days further back than this are not made up for. */
const MISSED_MAX = 31;

/**
 * The roll-ups that `vantage` owes: of each whole day since its first transition what the log does not tell yet. A day that one
 * event cannot hold has several, each of which speaks of other subjects.
 */
export function owedDays(held: Earlier, vantage: string, subjects: readonly Subject[], now: number): DayBody[] {
  const first = held.transitions[0]?.changed_at;
  if (!first) return [];
  return daysBefore(now, dayOf(Date.parse(first)), MISSED_MAX).flatMap((day) => {
    const entries = untold(held, subjects, day).map(
      (subject) => [subject, secondsOf(held.transitions, subject, day)] as const,
    );
    const parts = dealtOut(entries, ([subject, seconds]) => bytesInside(canonical({ [subject]: seconds })), BODY_BYTES);
    return parts.filter((part) => part.length > 0).map((part) => ({ vantage, day, seconds: Object.fromEntries(part) }));
  });
}

/** All of them where the day was never told; else those that were watched on it, for a watcher may stop between two parts. */
function untold({ days, transitions }: Earlier, subjects: readonly Subject[], day: string): readonly Subject[] {
  const told = days.get(day);
  if (told === undefined) return subjects;
  const end = nextMidnight(dayStart(day));
  const begun = new Set(
    transitions.flatMap(({ subject, changed_at }) => (Date.parse(changed_at ?? '') < end ? [subject] : [])),
  );
  return subjects.filter((subject) => begun.has(subject) && !told.has(subject));
}

function secondsOf(transitions: readonly ObservationBody[], subject: Subject, day: string): DayBody['seconds'][string] {
  const start = dayStart(day);
  const changes = transitions.flatMap(({ subject: about, changed_at, status }) =>
    about === subject && changed_at !== null ? [{ at: Date.parse(changed_at), status }] : [],
  );
  return secondsByStatus(changes, start, nextMidnight(start));
}
