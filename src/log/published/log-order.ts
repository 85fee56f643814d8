import { KIND, type SignedEvent } from '../../model/event.ts';

/**
 * Where a line stands in the public log: rosters, then public events, each by the writers' clocks (which decide nothing) and
 * by id; then, by id, what was purged (`event` is null). Comparing the texts compares the places.
 */
export function placeInLog(event: Pick<SignedEvent, 'kind' | 'created_at'> | null, id: string): string {
  if (event === null) return `2 ${id}`;
  return `${event.kind === KIND.roster ? 0 : 1} ${String(event.created_at).padStart(16, '0')} ${id}`;
}
