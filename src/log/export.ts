import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { canonical } from '../model/canonical.ts';
import { REGULAR_KINDS, type SignedEvent } from '../model/event.ts';

const NONE: ReadonlySet<string> = new Set();

/**
 * The log as a file: one canonical JSON event (RFC 8785) a line, each id once, sorted by id, LF after each; addressable
 * kinds are hints and left out. The same set gives the same bytes, in any order. `purged` are the ids whose content the
 * roster dropped (DESIGN §6): each is one line `{"purged":<id>}`, with kind, author and tags where it is still held.
 */
export function exportLines(events: Iterable<SignedEvent>, purged: ReadonlySet<string> = NONE): string {
  const held = heldById(events);
  return idsOf(held, purged)
    .map((id) => `${lineOf(id, held.get(id), purged)}\n`)
    .join('');
}

/** SHA-256 (hex) over the ids of `exportLines`, each followed by LF: what two copies compare. */
export function exportDigest(events: Iterable<SignedEvent>, purged: ReadonlySet<string> = NONE): string {
  const ids = idsOf(heldById(events), purged);
  return bytesToHex(sha256(utf8ToBytes(ids.map((id) => `${id}\n`).join(''))));
}

function heldById(events: Iterable<SignedEvent>): ReadonlyMap<string, SignedEvent> {
  const held = new Map<string, SignedEvent>();
  for (const event of events) if (REGULAR_KINDS.includes(event.kind)) held.set(event.id, event);
  return held;
}

function idsOf(held: ReadonlyMap<string, SignedEvent>, purged: ReadonlySet<string>): readonly string[] {
  return [...new Set([...held.keys(), ...purged])].sort();
}

function lineOf(id: string, event: SignedEvent | undefined, purged: ReadonlySet<string>): string {
  if (event === undefined) return canonical({ purged: id });
  const { pubkey, created_at, kind, tags, content, sig } = event;
  if (purged.has(id)) return canonical({ purged: id, kind, pubkey, tags });
  return canonical({ id, pubkey, created_at, kind, tags, content, sig });
}
