import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { type SignedEvent, tagValue } from '../../model/event.ts';

/** An event as it lies in the database. */
export interface StoredRow {
  readonly row: number;
  readonly id: string;
  readonly json: string;
  readonly event: SignedEvent;
}

/** What SQLite gives for `SELECT row, id, json, sum`, and with the columns that events are found by. */
export type RawRow = Readonly<Record<string, unknown>>;

/** Checksum of the stored text: the id covers everything but the signature, and this covers that too. */
export function sumOf(json: string): number {
  return crc32(json);
}

/** The event if the row is still what was stored, else why not. Node's own SHA-256: each reading passes here. */
export function readRow({ id, json, sum }: RawRow): SignedEvent | string {
  let event: SignedEvent;
  try {
    event = JSON.parse(String(json)) as SignedEvent;
    const { pubkey, created_at, kind, tags, content } = event;
    const hash = createHash('sha256')
      .update(JSON.stringify([0, pubkey, created_at, kind, tags, content]))
      .digest('hex');
    if (hash !== id || event.id !== id) return 'its hash does not fit';
  } catch {
    // No longer JSON, so no longer what was stored.
    return 'it is no longer JSON';
  }
  return sum === sumOf(String(json)) ? event : 'its checksum does not fit';
}

/** The same for a whole row: a wrong column would keep a sound event from being found. */
export function readWholeRow(raw: RawRow): SignedEvent | string {
  const event = readRow(raw);
  if (typeof event === 'string') return event;
  const { pubkey, kind, created_at, d } = raw;
  const isRight = pubkey === event.pubkey && kind === event.kind && created_at === event.created_at && d === dOf(event);
  return isRight ? event : 'its columns do not fit';
}

/** The `d` tag, as the column has it. */
export function dOf(event: SignedEvent): string {
  return tagValue(event, 'd') ?? '';
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
