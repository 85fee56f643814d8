import { freshnessOf, isAhead } from '../model/freshness.ts';
import type { Trouble } from '../model/view.ts';
import { ask } from './ask.ts';
import { type HeldCopy, readSeen } from './held-copy.ts';
import type { PageFacts } from './page-facts.ts';
import type { Place } from './places.ts';
import type { Shelf } from './shelf.ts';
import { isPublisher } from './trust.ts';

/** What a round of asking found: the best verified copy if there is one, and what was wrong with the rest. */
export interface Round {
  readonly copy: HeldCopy | null;
  readonly trouble: Trouble | null;
  readonly offset: number | null;
}

interface Asking {
  readonly facts: PageFacts;
  readonly places: readonly Place[];
  readonly shelf: Shelf;
  readonly held: HeldCopy | null;
  readonly now: () => number;
}

const GRAVITY: readonly Trouble[] = ['unreachable', 'older', 'invalid', 'foreign'];

/** Asks place after place until one gives a live copy that is no older than what this device has seen. */
export async function refresh(asking: Asking): Promise<Round> {
  let best: HeldCopy | null = null;
  let trouble: Trouble | null = null;
  let offset: number | null = null;
  for (const place of asking.places) {
    const answer = await ask(place.snapshot);
    if (answer.type === 'text') offset ??= answer.offset;
    const judged = answer.type === 'text' ? await judge(answer.text, place, asking) : answer.type;
    if (typeof judged === 'string') trouble = graver(trouble, judged);
    else if (best === null || isBetter(judged, best, asking.now())) best = judged;
    if (best !== null && freshnessOf(best.snapshot, asking.now()) !== 'expired') break;
  }
  return { copy: best, trouble: best === null ? trouble : null, offset };
}

async function judge(
  text: string,
  place: Place,
  { facts, places, shelf, held, now }: Asking,
): Promise<HeldCopy | Trouble> {
  const { verifySnapshot } = await import('./verifier.ts');
  const verified = verifySnapshot(text, facts.root);
  if (verified === null) return 'invalid';
  const { event, snapshot } = verified;
  const seen = readSeen(shelf)[event.pubkey] ?? 0;
  // A held copy from the future is no measure: it would keep out every good one.
  const mark = held !== null && mayBeKept(held, now()) ? held.snapshot.generated_at : '';
  if (snapshot.seq < seen || snapshot.generated_at < mark) return 'older';
  if (!(await isPublisher(shelf, facts.root, event.pubkey, [place, ...places]))) return 'invalid';
  const received_at = new Date(now()).toISOString();
  return { root: facts.root, event, snapshot, received_at, source: place.source, host: place.host };
}

/** A copy from the future may be shown, as unknown; it must not push out what is held. */
export function mayBeKept(copy: HeldCopy, now: number): boolean {
  return !isAhead(copy.snapshot.generated_at, now);
}

/** Newer; but what is ahead of this device's clock comes after everything that is not. */
function isBetter(a: HeldCopy, b: HeldCopy, now: number): boolean {
  const [aKept, bKept] = [mayBeKept(a, now), mayBeKept(b, now)];
  return aKept === bKept ? a.snapshot.generated_at > b.snapshot.generated_at : aKept;
}

function graver(a: Trouble | null, b: Trouble): Trouble {
  return a === null || GRAVITY.indexOf(b) > GRAVITY.indexOf(a) ? b : a;
}
