import type { DatabaseSync } from 'node:sqlite';
import { fits } from '../../log/fits.ts';
import { chainPlace, replaces, slotOf } from '../../log/slot.ts';
import type { Chain, LogStore, Tip } from '../../log/store.ts';
import { type Canary, correct, describeDamage, EMPTY_LEDGER, grow, type Ledger } from '../../log/tally.ts';
import type { SignedEvent } from '../../model/event.ts';
import { fileCanary } from './file-canary.ts';
import { openDatabase } from './open-database.ts';
import { createTransaction } from './transaction.ts';

/**
 * Opens a device's copy of the log in the SQLite file `path` (made when absent). Writes resolve after COMMIT with fsync.
 * A file that is no database is put aside as `<path>.damaged`, and `damage()` says that this copy is short.
 */
export function openSqliteStore(path: string): LogStore {
  const database = openDatabase(path);
  const canary = fileCanary(`${path}.count`);
  return createSqliteStore(database, canary);
}

function createSqliteStore(database: DatabaseSync, canary: Canary): LogStore {
  const transaction = createTransaction(database);
  const insert = database.prepare(
    'INSERT OR REPLACE INTO events (id, pubkey, d, s, slot, event) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const byId = database.prepare('SELECT event FROM events WHERE id = ?');
  const bySlot = database.prepare('SELECT event FROM events WHERE slot = ?');
  const everything = database.prepare('SELECT event FROM events');
  const tipOf = database.prepare(
    'SELECT s, id FROM events WHERE pubkey = ? AND d = ? AND s IS NOT NULL ORDER BY s DESC, id LIMIT 1',
  );
  const readLedger = database.prepare('SELECT text FROM ledger');
  const writeLedger = database.prepare('INSERT OR REPLACE INTO ledger (one, text) VALUES (1, ?)');
  const addReceipt = database.prepare('INSERT OR IGNORE INTO receipts (id, relay) VALUES (?, ?)');
  const dropReceipt = database.prepare('DELETE FROM receipts WHERE id = ? AND relay = ?');
  const allReceipts = database.prepare('SELECT id, relay FROM receipts ORDER BY id, relay');

  function add(event: SignedEvent): boolean {
    const held = parseRow(byId.get(event.id));
    if (held?.id === event.id && fits(held)) return false;
    const slot = slotOf(event);
    const rival = slot === undefined ? undefined : parseRow(bySlot.get(slot));
    if (rival !== undefined && !replaces(event, rival)) return false;
    const [pubkey, d, s] = chainPlace(event) ?? [event.pubkey, '', null];
    insert.run(event.id, pubkey, d, s, slot ?? null, JSON.stringify(event));
    return true;
  }

  function count(added: readonly SignedEvent[]): void {
    if (added.length > 0) setLedger(grow(ledger(), added));
  }

  function ledger(): Ledger {
    const row = readLedger.get();
    return row === undefined ? EMPTY_LEDGER : (JSON.parse(String(row['text'])) as Ledger);
  }

  function setLedger(value: Ledger): void {
    writeLedger.run(JSON.stringify(value));
  }

  /** Reads every row and makes the ledger fit what is really there. */
  function inspect(): { events: SignedEvent[]; misfits: string[]; ledger: Ledger } {
    return transaction(() => {
      const events: SignedEvent[] = [];
      const misfits: string[] = [];
      for (const row of everything.iterate()) {
        const event = parseRow(row);
        if (event !== undefined && fits(event)) events.push(event);
        else misfits.push(event?.id ?? 'unreadable');
      }
      const corrected = correct(ledger(), events, canary.read());
      setLedger(corrected);
      return { events, misfits, ledger: corrected };
    });
  }

  inspect();
  return {
    append: async (chain: Chain, build) => {
      const event = transaction(() => {
        const row = tipOf.get(chain.pubkey, chain.d);
        const tip: Tip = row === undefined ? { s: 0, id: null } : { s: Number(row['s']), id: String(row['id']) };
        const built = build(tip);
        add(built);
        count([built]);
        return built;
      });
      canary.write(ledger().expected);
      return event;
    },
    put: async (events) => {
      const added = transaction(() => {
        const fresh = events.filter(add);
        count(fresh);
        return fresh;
      });
      if (added.length > 0) canary.write(ledger().expected);
      return added;
    },
    all: async () => inspect().events,
    get: async (ids) =>
      ids.flatMap((id) => {
        const event = parseRow(byId.get(id));
        return event !== undefined && event.id === id && fits(event) ? [event] : [];
      }),
    addReceipts: async (relay, ids) => transaction(() => ids.forEach((id) => void addReceipt.run(id, relay))),
    dropReceipts: async (relay, ids) => transaction(() => ids.forEach((id) => void dropReceipt.run(id, relay))),
    receipts: async () => {
      const receipts = new Map<string, string[]>();
      for (const row of allReceipts.iterate()) {
        const id = String(row['id']);
        receipts.set(id, [...(receipts.get(id) ?? []), String(row['relay'])]);
      }
      return receipts;
    },
    damage: async () => {
      const { ledger: found, misfits } = inspect();
      return describeDamage(found, misfits);
    },
    // Another process on the same file is met again at the relays; there is no news channel between processes.
    onForeignChange: () => () => {},
    close: async () => {
      if (database.isOpen) database.close();
    },
  };
}

/** The event in a row, or undefined where the text is no longer JSON. */
function parseRow(row: Record<string, unknown> | undefined): SignedEvent | undefined {
  if (row === undefined) return undefined;
  try {
    return JSON.parse(String(row['event'])) as SignedEvent;
  } catch {
    // Rot in the row: the caller counts it as a misfit, and a relay brings it back.
    return undefined;
  }
}
