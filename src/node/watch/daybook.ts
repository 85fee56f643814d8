import { dayOf, dayStart, daysBefore, nextMidnight, secondsByStatus } from '../../model/days.ts';
import type { DayBody, ObservationBody } from '../../model/public-content.ts';
import type { Subject } from '../../model/pulse.ts';
import type { Earlier } from './watcher-log.ts';

/** Days further back than this are not made up for. */
const MISSED_MAX = 31;

/** The roll-ups that `vantage` owes: one for each whole day since its first transition that the log has none of. */
export function owedDays(held: Earlier, vantage: string, subjects: readonly Subject[], now: number): DayBody[] {
  const first = held.transitions[0]?.changed_at;
  if (!first) return [];
  return daysBefore(now, dayOf(Date.parse(first)), MISSED_MAX)
    .filter((day) => !held.days.has(day))
    .map((day) => ({ vantage, day, seconds: secondsOf(held.transitions, subjects, day) }));
}

function secondsOf(transitions: readonly ObservationBody[], subjects: readonly Subject[], day: string) {
  const start = dayStart(day);
  return Object.fromEntries(
    subjects.map((subject) => {
      const changes = transitions.flatMap(({ subject: about, changed_at, status }) =>
        about === subject && changed_at !== null ? [{ at: Date.parse(changed_at), status }] : [],
      );
      return [subject, secondsByStatus(changes, start, nextMidnight(start))];
    }),
  );
}
