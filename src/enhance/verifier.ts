// Loaded after the first paint: the curve is most of its weight.
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { verifyEvent } from '../log/event.ts';
import { KIND, organisation, type SignedEvent } from '../model/event.ts';
import { parseSnapshot } from '../model/published.ts';
import type { Snapshot } from '../model/snapshot.ts';

export { verifyEvent } from '../log/event.ts';

/** A 33915 of this organisation whose id and signature hold and whose content has the form of a snapshot. */
export function verifySnapshot(text: string, root: string): { event: SignedEvent; snapshot: Snapshot } | null {
  try {
    const verified = verifyEvent(JSON.parse(text), organisation(root));
    if (verified.type !== 'ok' || verified.event.kind !== KIND.snapshot) return null;
    const snapshot = parseSnapshot(verified.event.content);
    return snapshot === null ? null : { event: verified.event, snapshot };
  } catch {
    return null; // Not JSON: no snapshot.
  }
}

export function sha256Hex(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)));
}
