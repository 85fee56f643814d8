import type { LogStore } from '../../log/store/store.ts';
import { correct, damageOf, type Ledger } from '../../log/store/tally.ts';
import type { SignedEvent } from '../../model/event.ts';
import { fileCanary } from './file-canary.ts';
import { openDatabase } from './open-database.ts';
import { createRows } from './rows.ts';
import { createTransaction } from './transaction.ts';

interface Inspection {
  readonly events: readonly SignedEvent[];
  readonly misfits: readonly string[];
  readonly ledger: Ledger;
}

/**
 * Opens a device's copy of the log in the SQLite file `path` (made when absent). Writes resolve after COMMIT with fsync.
 * A file that is no database is put aside as `<path>.damaged`, and `damage()` says that this copy is short.
 */
export function openSqliteStore(path: string): LogStore {
  const database = openDatabase(path);
  const canary = fileCanary(`${path}.count`);
  const rows = createRows(database);
  const transaction = createTransaction(database);
  const addReceipt = database.prepare('INSERT OR IGNORE INTO receipts (id, relay) VALUES (?, ?)');
  const dropReceipt = database.prepare('DELETE FROM receipts WHERE id = ? AND relay = ?');
  const replace = database.prepare('UPDATE events SET event = ? WHERE id = ?');
  const allReceipts = database.prepare('SELECT id, relay FROM receipts ORDER BY id, relay');

  /** Reads every row and makes the ledger fit what is really there. */
  function inspect(known = 0): Inspection {
    return transaction(() => {
      const { events, misfits } = rows.read();
      const ledger = correct(rows.ledger(), events, Math.max(known, canary.read()));
      rows.setLedger(ledger);
      return { events, misfits, ledger };
    });
  }

  // Before the first write, so that what is lost stays counted as lost.
  inspect();
  return {
    append: async (chain, build) => {
      const event = transaction(() => {
        const built = build(rows.tip(chain.pubkey, chain.d));
        rows.add([built]);
        return built;
      });
      canary.write(rows.ledger().expected);
      return event;
    },
    put: async (events) => {
      const added = transaction(() => rows.add(events));
      if (added.length > 0) canary.write(rows.ledger().expected);
      return added;
    },
    purge: async (stubs) => {
      transaction(() => stubs.forEach((stub) => void replace.run(JSON.stringify(stub), stub.id)));
      // With secure_delete the old bytes are overwritten in the file; the write-ahead log still has them until it is emptied.
      database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    },
    all: async () => inspect().events,
    get: async (ids) => ids.flatMap((id) => rows.get(id) ?? []),
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
    damage: async (known) => {
      const { ledger, misfits } = inspect(known);
      return damageOf(ledger, misfits);
    },
    mode: () => ({ type: 'durable' }),
    // Another process on the same file is met again at the relays; there is no news channel between processes.
    onForeignChange: () => () => {},
    close: async () => {
      if (database.isOpen) database.close();
    },
  };
}
