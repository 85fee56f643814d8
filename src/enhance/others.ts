// Loaded after the first round: now and then the places that a healthy origin leaves in peace are heard too.

import { type Contradiction, confirmed, contradiction } from '../model/disagreement.ts';
import { freshnessOf } from '../model/freshness.ts';
import { recordsIn } from '../model/public-record.ts';
import type { Disagreement } from '../model/view.ts';
import { ask } from './ask.ts';
import type { HeldCopy } from './held-copy.ts';
import { type Asking, judge } from './refresh.ts';

/** So many other places are heard at once; with more, chance decides which. */
const HEARD = 4;

/** What the other places said: a copy that should be shown instead, and where two publishers contradict each other. */
export interface Voices {
  readonly newer: HeldCopy | null;
  readonly suspicion: Suspicion | null;
  /** The suspicion, where the check before had it too. */
  readonly disagreement: Disagreement | null;
}

export interface Suspicion extends Contradiction {
  readonly publisher: string;
}

/** Asks the places other than the one that gave `shown`. `before`: what the last check suspected. */
export async function hearOthers(asking: Asking, shown: HeldCopy, before: Suspicion | null): Promise<Voices> {
  const others = asking.places.filter(({ host }) => host !== shown.host);
  const heard = others.length > HEARD ? others.toSorted(() => Math.random() - 0.5).slice(0, HEARD) : others;
  // What is only older than the shown copy may still contradict it, so it is judged by its publisher's mark alone.
  const copies = await Promise.all(
    heard.map(async (place) => {
      const answer = await ask(place.snapshot);
      return answer.type === 'text' ? judge(answer, place, { ...asking, held: null }) : answer.type;
    }),
  );
  const live = copies.flatMap((copy) =>
    typeof copy === 'object' && freshnessOf(copy.snapshot, asking.now()) !== 'expired' ? [copy] : [],
  );
  return compare([shown, ...live], before, asking.now());
}

/** The first of `copies` is the one that is shown. Pure. */
export function compare(copies: readonly HeldCopy[], before: Suspicion | null, now: number): Voices {
  const [newest, ...older] = copies.toSorted((a, b) => (a.snapshot.generated_at > b.snapshot.generated_at ? -1 : 1));
  const nothing: Voices = { newer: null, suspicion: null, disagreement: null };
  if (newest === undefined) return nothing;
  // A place that says the same a little later is no reason to leave the one that is read.
  const newer = newest !== copies[0] && saysOtherwise(newest, copies[0]) ? newest : null;
  for (const other of older) {
    const publisher = other.event.pubkey === newest.event.pubkey ? null : other.event.pubkey;
    const differs = publisher === null ? null : contradiction(newest.snapshot, other.snapshot, now);
    if (publisher === null || differs === null) continue;
    const pair = [publisher, newest.event.pubkey].toSorted().join(' ');
    const twice = confirmed(before?.publisher === pair ? before : null, differs);
    const { generated_at } = other.snapshot;
    return {
      newer: newest === copies[0] ? null : newest,
      suspicion: { publisher: pair, ...differs },
      disagreement: twice === null ? null : { host: other.host, generated_at, ...twice },
    };
  }
  return { ...nothing, newer };
}

/** Whether the two differ in more than the times that move with every check. */
function saysOtherwise(a: HeldCopy, b: HeldCopy | undefined): boolean {
  const claims = ({ snapshot: { state } }: HeldCopy) =>
    JSON.stringify([
      state.components.map(({ id, status }) => [id, status]),
      recordsIn(state).map(({ code, updated_at }) => [code, updated_at]),
    ]);
  return b === undefined || claims(a) !== claims(b);
}
