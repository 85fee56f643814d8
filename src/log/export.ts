import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { canonical } from '../model/canonical.ts';
import type { SignedEvent } from '../model/event.ts';
import { REGULAR_KINDS } from '../model/kind-sets.ts';
import { isStub } from '../model/purge.ts';
import type { Roster } from '../model/roster.ts';

/** What the roster dropped, and its own words on what is left of it. */
type Purges = Pick<Roster, 'purged' | 'stubs'>;

const NONE: Purges = { purged: new Set(), stubs: [] };

/**
 * The log as a file: one canonical JSON event (RFC 8785) a line, each id once, sorted by id, LF after each; addressable
 * kinds are hints and left out. The same set gives the same bytes, in any order. Of what the roster purged (DESIGN §6)
 * there is one line `{"purged":<id>}` each, with kind, author and tags where the roster states them: never from what a
 * copy happens to hold, or two copies of one log would differ.
 */
export function exportLines(events: Iterable<SignedEvent>, roster: Purges = NONE): string {
  const lines = new Map([...roster.purged].map((id) => [id, canonical({ purged: id })]));
  for (const stub of roster.stubs) lines.set(stub.id, stubLine(stub));
  for (const event of events) {
    if (isHeld(event) && !lines.has(event.id)) lines.set(event.id, lineOf(event));
  }
  return [...lines.keys()]
    .sort()
    .map((id) => `${lines.get(id)}\n`)
    .join('');
}

/** SHA-256 (hex) over the ids of `exportLines`, each followed by LF: what two copies compare. */
export function exportDigest(events: Iterable<SignedEvent>, roster: Pick<Purges, 'purged'> = NONE): string {
  const ids = new Set(roster.purged);
  for (const event of events) if (isHeld(event)) ids.add(event.id);
  const text = [...ids].sort().map((id) => `${id}\n`);
  return bytesToHex(sha256(utf8ToBytes(text.join(''))));
}

/** Regular and whole: a stub whose purge no longer counts is an event that this copy lacks. */
function isHeld(event: SignedEvent): boolean {
  return REGULAR_KINDS.includes(event.kind) && !isStub(event);
}

function lineOf(event: SignedEvent): string {
  const { id, pubkey, created_at, kind, tags, content, sig } = event;
  return canonical({ id, pubkey, created_at, kind, tags, content, sig });
}

/** The line of a purged event whose stub is known. */
export function stubLine({ id, kind, pubkey, tags }: SignedEvent): string {
  return canonical({ purged: id, kind, pubkey, tags });
}
