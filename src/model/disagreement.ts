import { freshnessOf } from './freshness.ts';
import { decayed } from './headline.ts';
import { isMaintenance, type PublicRecord, recordsIn } from './public-record.ts';
import type { PublicState, Snapshot } from './snapshot.ts';

/** Ids of components, and codes of incidents and maintenances, of which two snapshots say different things. */
export interface Contradiction {
  readonly components: readonly string[];
  readonly incidents: readonly string[];
}

/** News needs this long from the log to every publisher: until then one of the two is merely older. */
export const SETTLE_MS = 20_000;

/**
 * What two publishers say differently at `now` (Unix ms); null where they agree. A copy that is not live contradicts nothing,
 * nor does one that says `unknown` or had to leave the thing out, nor one that was signed before the news could reach it.
 */
export function contradiction(a: Snapshot, b: Snapshot, now: number): Contradiction | null {
  if (!isLive(a, now) || !isLive(b, now)) return null;
  // A statement binds the other side only if it stood long enough before both signed.
  const settled = Math.min(Date.parse(a.generated_at), Date.parse(b.generated_at)) - SETTLE_MS;
  const components = differingComponents(a, b, settled, now);
  const incidents = [
    ...differing(recordsIn(a.state), b.state, settled),
    ...differing(recordsIn(b.state), a.state, settled),
  ];
  if (components.length + incidents.length === 0) return null;
  return { components, incidents: [...new Set(incidents)].toSorted() };
}

/** What both contradictions name: only what was seen twice in a row is said. */
export function confirmed(before: Contradiction | null, now: Contradiction | null): Contradiction | null {
  if (before === null || now === null) return null;
  const components = now.components.filter((id) => before.components.includes(id));
  const incidents = now.incidents.filter((code) => before.incidents.includes(code));
  return components.length + incidents.length === 0 ? null : { components, incidents };
}

function isLive(snapshot: Snapshot, now: number): boolean {
  return freshnessOf(snapshot, now) !== 'expired';
}

function differingComponents(a: Snapshot, b: Snapshot, settled: number, now: number): readonly string[] {
  return a.state.components.flatMap((mine) => {
    const theirs = b.state.components.find(({ id }) => id === mine.id);
    if (theirs === undefined) return [];
    const [x, y] = [decayed(mine, freshnessOf(a, now), now), decayed(theirs, freshnessOf(b, now), now)];
    if (x === 'unknown' || y === 'unknown' || x === y) return [];
    return isSettled([mine.changed_at, theirs.changed_at], settled) ? [mine.id] : [];
  });
}

/** Codes of what `mine` tells as open and `theirs` does not know or tells otherwise. */
function differing(mine: readonly PublicRecord[], theirs: PublicState, settled: number): readonly string[] {
  return mine.flatMap((one) => {
    const other = recordsIn(theirs).find(({ code }) => code === one.code);
    if (other === undefined) {
      const mayBeLeftOut = (theirs.left_out?.incidents ?? 0) > 0;
      return isOpen(one) && !mayBeLeftOut && isSettled([one.updated_at], settled) ? [one.code] : [];
    }
    if (standingOf(one) === standingOf(other)) return [];
    return isSettled([one.updated_at, other.updated_at], settled) ? [one.code] : [];
  });
}

function isOpen(one: PublicRecord): boolean {
  return one.retracted === undefined && (isMaintenance(one) ? one.ended_at : one.resolved_at) === null;
}

/** What counts as its status: of what is over, only that it is over. */
function standingOf(one: PublicRecord): string {
  return isOpen(one) ? one.status : 'over';
}

function isSettled(times: readonly (string | null)[], settled: number): boolean {
  return times.every((time) => time === null || Date.parse(time) <= settled);
}
