import type { IDBPTransaction } from 'idb';
import type { SignedEvent } from '../../model/event.ts';
import { restores } from '../../model/purge.ts';
import { fits } from './fits.ts';
import type { LogSchema } from './idb-open.ts';
import { chainPlace, replaces, slotOf } from './slot.ts';
import type { Tip } from './store.ts';
import { EMPTY_LEDGER, grow } from './tally.ts';

export type Writing = IDBPTransaction<LogSchema, ('events' | 'ledger')[], 'readwrite'>;

/** The end of the chain: the highest place and, where two events claim it, the lower id. */
export async function readTip(transaction: Writing, pubkey: string, d: string): Promise<Tip> {
  const chain = IDBKeyRange.bound([pubkey, d], [pubkey, d, Number.POSITIVE_INFINITY]);
  // `prevunique` stops at the first of equal keys, and those are ordered by id.
  const cursor = await transaction.objectStore('events').index('chain').openCursor(chain, 'prevunique');
  return cursor === null ? { s: 0, id: null } : { s: cursor.key[2], id: cursor.value.id };
}

/** Adds what is new and counts it in the ledger, all in the given transaction. */
export async function addAll(transaction: Writing, events: readonly SignedEvent[]): Promise<readonly SignedEvent[]> {
  const added: SignedEvent[] = [];
  for (const event of events) if (await add(transaction, event)) added.push(event);
  if (added.length > 0) {
    const ledgers = transaction.objectStore('ledger');
    await ledgers.put(grow((await ledgers.get('ledger')) ?? EMPTY_LEDGER, added), 'ledger');
  }
  return added;
}

async function add(transaction: Writing, event: SignedEvent): Promise<boolean> {
  const events = transaction.objectStore('events');
  const held = await events.get(event.id);
  if (held !== undefined && fits(held.event)) {
    if (restores(event, held.event)) await events.put({ ...held, event });
    return false;
  }
  const slot = slotOf(event);
  const rival = slot === undefined ? undefined : await events.index('slot').get(slot);
  if (rival !== undefined && !replaces(event, rival.event)) return false;
  if (rival !== undefined) await events.delete(rival.id);
  const chain = chainPlace(event);
  await events.put({
    id: event.id,
    event,
    ...(chain === undefined ? {} : { chain: [...chain] }),
    ...(slot === undefined ? {} : { slot }),
  });
  return true;
}

/** Waits for the commit. Work that fails undoes the transaction; when storage itself gave up, that is the error that counts. */
export async function settle<Result>(
  transaction: { readonly done: Promise<void>; abort(): void },
  work: Promise<Result>,
): Promise<Result> {
  const end = transaction.done.then(
    () => null,
    (reason: unknown) => reason,
  );
  try {
    const result = await work;
    await transaction.done;
    return result;
  } catch (error) {
    abort(transaction);
    const reason = await end;
    // A full disk shows only as the transaction's own error (its requests fail with a bare AbortError).
    throw reason instanceof Error && reason.name !== 'AbortError' ? reason : error;
  }
}

function abort(transaction: { abort(): void }): void {
  try {
    transaction.abort();
  } catch {
    // It has ended already: that is how we came here.
  }
}
