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

/**
 * All of them where the day was never told. A watcher may have stopped between two parts of the newest one: then those that it
 * watched on the day before, or first on that day. Who is silent longer was not watched, and no status stands in for that.
 */
function untold({ days, transitions }: Earlier, subjects: readonly Subject[], day: string): readonly Subject[] {
  const told = days.get(day);
  if (told === undefined) return subjects;
  const newer = [...days.keys()].some((one) => one > day);
  if (newer) return [];
  const start = dayStart(day);
  const before = [...days].filter(([one]) => one < day).toSorted(([a], [b]) => (a > b ? -1 : 1))[0]?.[1];
  const isFirst = (subject: Subject) => {
    const first = transitions.find((one) => one.subject === subject)?.changed_at ?? '';
    return Date.parse(first) >= start && Date.parse(first) < nextMidnight(start);
  };
  return subjects.filter((subject) => !told.has(subject) && (before?.has(subject) === true || isFirst(subject)));
}

function secondsOf(transitions: readonly ObservationBody[], subject: Subject, day: string): DayBody['seconds'][string] {
  const start = dayStart(day);
  const changes = transitions.flatMap(({ subject: about, changed_at, status }) =>
    about === subject && changed_at !== null ? [{ at: Date.parse(changed_at), status }] : [],
  );
  return secondsByStatus(changes, start, nextMidnight(start));
}
