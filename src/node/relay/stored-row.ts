import { createHash } from 'node:crypto';
import type { SignedEvent } from '../../model/event.ts';

/** An event as it lies in the database. */
export interface StoredRow {
  readonly row: number;
  readonly id: string;
  readonly json: string;
  readonly event: SignedEvent;
}

/** The event in `json` if it still hashes to `id`, else undefined. Node's own SHA-256: each reading passes here. */
export function intactEvent(id: string, json: string): SignedEvent | undefined {
  try {
    const event = JSON.parse(json) as SignedEvent;
    const { pubkey, created_at, kind, tags, content } = event;
    const hash = createHash('sha256')
      .update(JSON.stringify([0, pubkey, created_at, kind, tags, content]))
      .digest('hex');
    return hash === id && event.id === id ? event : undefined;
  } catch {
    // No longer JSON, so no longer what was stored.
    return undefined;
  }
}

/** NIP-01: the later created_at, of equals the lower id. */
export function isNewer(event: SignedEvent, old: SignedEvent): boolean {
  return event.created_at > old.created_at || (event.created_at === old.created_at && event.id < old.id);
}

/** Single-letter tags but `o`, which is the same for all (see shelf-query.ts). */
export function indexedTags(event: SignedEvent): readonly (readonly [string, string])[] {
  return event.tags.flatMap(([name = '', value]) =>
    /^[a-zA-Z]$/.test(name) && name !== 'o' && value !== undefined ? [[name, value] as const] : [],
  );
}
