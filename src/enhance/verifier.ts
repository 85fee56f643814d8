// Loaded after the first paint: the curve is most of its weight.
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { verifyEvent } from '../log/event.ts';
import { KIND, organisation, type SignedEvent } from '../model/event.ts';
import type { Snapshot } from '../model/snapshot.ts';

export { verifyEvent } from '../log/event.ts';

/** A 33915 of this organisation whose id and signature hold and whose content has the form of a snapshot. */
export function verifySnapshot(text: string, root: string): { event: SignedEvent; snapshot: Snapshot } | null {
  try {
    const verified = verifyEvent(JSON.parse(text), organisation(root));
    if (verified.type !== 'ok' || verified.event.kind !== KIND.snapshot) return null;
    const snapshot = JSON.parse(verified.event.content) as Partial<Snapshot>;
    const { page, state, seq } = snapshot;
    const whole = snapshot.v === 1 && Number.isSafeInteger(seq) && typeof page?.name === 'string';
    const lists = [state?.groups, state?.components, state?.incidents, state?.recent];
    if (!whole || !lists.every(Array.isArray)) return null;
    return { event: verified.event, snapshot: snapshot as Snapshot };
  } catch {
    return null; // Not JSON: no snapshot.
  }
}

export function sha256Hex(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)));
}
