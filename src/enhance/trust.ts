import { API } from '../model/api.ts';
import { CLAIM_MAX_MS } from '../model/freshness.ts';
import { ask } from './ask.ts';
import { hedge } from './hedge.ts';
import { dropHeld, type HeldCopy } from './held-copy.ts';
import { dropCopies, heldRosters, keepRosters, newestCopy } from './keep.ts';
import { readKnown, remember } from './known-publishers.ts';
import type { Place } from './places.ts';
import type { Shelf } from './shelf.ts';
import { verifyRosters } from './verifier.ts';

const ROSTER_PATH = `/${API}/roster.json`;
/** A removed publisher is believed no longer than any claim of its own would be. */
const TRUST_MS = CLAIM_MAX_MS;

/** What is needed to learn who may publish. */
export interface Trusting {
  readonly shelf: Shelf;
  readonly root: string;
  readonly places: readonly Place[];
}

/**
 * Whether `pubkey` may publish for `root`. A key that this device knows from verified rosters is known; for any other the
 * rosters are asked for until some place's names it.
 */
export async function isPublisher({ shelf, root, places }: Trusting, pubkey: string): Promise<boolean> {
  if (knownKeys(shelf, root).includes(pubkey)) return true;
  let found = false;
  await hedge(withFiles(places), async (place) => {
    const keys = await learn(await askRosters(place), root);
    if (keys !== null) remember(shelf, { root, keys, checked_at: readKnown(shelf, root)?.checked_at ?? 0 });
    found ||= keys?.includes(pubkey) === true;
    return found;
  });
  return found;
}

/**
 * Asks every place for rosters, now and then, so that a removal is heard although one host keeps silent about it. Resolves to
 * what is to be believed instead of `held()` where its publisher was removed, to undefined where it was not.
 */
export async function renewTrust(
  trusting: Trusting,
  held: () => HeldCopy | null,
  now: number,
): Promise<HeldCopy | null | undefined> {
  const { shelf, root } = trusting;
  await renewKeys(trusting, now);
  const [known, copy] = [readKnown(shelf, root), held()];
  if (copy === null || known === null || known.keys.includes(copy.event.pubkey)) return undefined;
  dropHeld(shelf);
  return newestCopy(shelf, root);
}

async function renewKeys({ shelf, root, places }: Trusting, now: number): Promise<void> {
  const known = readKnown(shelf, root);
  if (known !== null && Math.abs(now - known.checked_at) < TRUST_MS) return;
  const answers = await Promise.all(withFiles(places).map(askRosters));
  const keys = await learn(answers.flat(), root);
  if (answers.some((rosters) => rosters.length > 0) && keys !== null) remember(shelf, { root, keys, checked_at: now });
}

/** Keys that this device knows to publish for `root`. */
export function knownKeys(shelf: Shelf, root: string): readonly string[] {
  return readKnown(shelf, root)?.keys ?? [];
}

/**
 * Folds the given rosters with all that this device has ever held: an old roster served again takes no removal back. Resolves
 * to who may publish, and keeps nobody else's copies; to null where no roster is the organisation's.
 */
async function learn(values: readonly unknown[], root: string): Promise<readonly string[] | null> {
  const held = await heldRosters();
  const { rosters, publishers } = await verifyRosters([...held, ...values], root);
  const isHeld = new Set(held.map(({ id }) => id));
  await keepRosters(rosters.filter(({ id }) => !isHeld.has(id)));
  if (publishers !== null) await dropCopies(root, publishers);
  return publishers;
}

async function askRosters(place: Place): Promise<readonly unknown[]> {
  const answer = await ask(`${place.files}${ROSTER_PATH}`);
  return answer.type === 'text' ? listOf(answer.text) : [];
}

function withFiles(places: readonly Place[]): readonly Place[] {
  return places.filter(({ files }) => files !== null);
}

function listOf(text: string): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}
