// Loaded after the first paint, with the verifier: what asks, and believes nothing that it has not checked.
import { freshnessOf } from '../model/freshness.ts';
import { laterOf, lessWrong } from '../model/skew.ts';
import type { Trouble } from '../model/view.ts';
import { ask, type TextAnswer } from './ask.ts';
import { isBetter, isOlder } from './better-copy.ts';
import { hedge } from './hedge.ts';
import type { HeldCopy } from './held-copy.ts';
import type { Place } from './places.ts';
import { readSeen } from './seen.ts';
import type { Shelf } from './shelf.ts';
import { isPublisher } from './trust.ts';
import { verifySnapshot } from './verifier.ts';

/** How a round of asking ended: what was wrong where no copy was good, and how far the clocks differ. */
interface Round {
  readonly trouble: Trouble | null;
  readonly offset: number | null;
}

export interface Asking {
  readonly root: string;
  /** The order of preference among copies that are equally new. */
  readonly places: readonly Place[];
  readonly shelf: Shelf;
  readonly held: HeldCopy | null;
  readonly now: () => number;
}

const GRAVITY: readonly Trouble[] = ['unreachable', 'older', 'invalid', 'foreign'];

/**
 * Asks place after place until one gives a fresh copy that is no older than what this device has seen; a slow one is not waited
 * for. `show` is told of every copy that is better than those before it, at once.
 */
export async function refresh(asking: Asking, show: (copy: HeldCopy, offset: number | null) => void): Promise<Round> {
  const { places, now } = asking;
  let best: HeldCopy | null = null;
  let trouble: Trouble | null = null;
  let offset: number | null = null;
  await hedge(places, async (place) => {
    const answer = await ask(place.snapshot);
    if (answer.type === 'text') offset = lessWrong(offset, answer.offset);
    const judged = answer.type === 'text' ? await judge(answer, place, asking) : answer.type;
    if (typeof judged === 'string') {
      trouble = graver(trouble, judged);
      return false;
    }
    if (best === null || isBetter(judged, best, places, laterOf(now(), offset))) {
      best = judged;
      show(judged, offset);
    }
    // One in the second half of its life may be a host that got stuck: another place may know more.
    return freshnessOf(judged.snapshot, now()) === 'fresh';
  });
  return { trouble: best === null ? trouble : null, offset };
}

/** A copy that this device may show, or what is wrong with the answer. */
export async function judge(answer: TextAnswer, place: Place, asking: Asking): Promise<HeldCopy | Trouble> {
  const { text, offset } = answer;
  const { root, places, shelf, held, now } = asking;
  if (!isJson(text)) return 'foreign';
  const verified = await verifySnapshot(text, root);
  if (verified === null) return 'invalid';
  const { event, snapshot } = verified;
  if (isOlder(verified, { seen: readSeen(shelf), held }, laterOf(now(), offset))) return 'older';
  if (!(await isPublisher({ shelf, root, places: [place, ...places.filter((one) => one !== place)] }, event.pubkey)))
    return 'invalid';
  const received_at = new Date(now()).toISOString();
  return { root, event, snapshot, received_at, source: place.source, host: place.host };
}

function graver(a: Trouble | null, b: Trouble): Trouble {
  return a === null || GRAVITY.indexOf(b) > GRAVITY.indexOf(a) ? b : a;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
