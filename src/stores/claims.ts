import { atom, computed } from 'nanostores';
import type { SignedEvent } from '../model/event.ts';
import { pulsesIn } from '../model/folded.ts';
import { AHEAD_MAX_MS } from '../model/freshness.ts';
import type { Pulse } from '../model/pulse.ts';
import { readSnapshot } from '../model/read-snapshot.ts';
import type { Roster } from '../model/roster.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { $now } from './clock.ts';
import { $events, $log } from './log.ts';

/** A verified snapshot event that came straight from the site; the log holds those that came by relay. */
export const $siteSnapshot = atom<SignedEvent | null>(null);

export const $roster = computed([$log, $events], (log): Roster | null => log?.roster() ?? null);

/** Pulses of live watchers, fresh or not. */
export const $pulses = computed([$events, $roster], (events, roster): readonly Pulse[] => {
  return roster === null ? [] : pulsesIn(events, roster);
});

const $snapshots = computed([$events, $roster, $siteSnapshot], (events, roster, fromSite): readonly Snapshot[] => {
  if (roster === null) return [];
  const all = fromSite === null ? events : [...events, fromSite];
  return all.flatMap((event) => readSnapshot(event, roster) ?? []);
});

/** The latest snapshot of a live publisher that does not claim to come from the future; null when none is held. */
export const $snapshot = computed([$snapshots, $now], (snapshots, now): Snapshot | null =>
  latest(snapshots.filter((snapshot) => madeAt(snapshot) <= now + AHEAD_MAX_MS)),
);

/** The latest snapshot whatever time it claims: names and groups stay true where this device's clock is wrong. */
const $latest = computed($snapshots, latest);

/** What the organisation calls its components, and how it groups them; null where no snapshot ever came. */
export const $layout = computed([$snapshot, $latest], (snapshot, newest) => (snapshot ?? newest)?.state ?? null);

function latest(snapshots: readonly Snapshot[]): Snapshot | null {
  return snapshots.reduce<Snapshot | null>(
    (best, one) => (best !== null && madeAt(best) >= madeAt(one) ? best : one),
    null,
  );
}

function madeAt(snapshot: Snapshot): number {
  return Date.parse(snapshot.generated_at);
}
