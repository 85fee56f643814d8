import type { DatabaseSync } from 'node:sqlite';
import type { LogStore } from '../../log/store/store.ts';
import { correct, damageOf, type Ledger } from '../../log/store/tally.ts';
import type { SignedEvent } from '../../model/event.ts';
import { openCopyFile } from './copy-file.ts';
import { fileCanary } from './file-canary.ts';
import { DamagedDatabase } from './open-database.ts';
import { createRows } from './rows.ts';

interface Inspection {
  readonly events: readonly SignedEvent[];
  readonly misfits: readonly string[];
  readonly ledger: Ledger;
}

function prepareTables(database: DatabaseSync) {
  return {
    rows: createRows(database),
    addReceipt: database.prepare('INSERT OR IGNORE INTO receipts (id, relay) VALUES (?, ?)'),
    dropReceipt: database.prepare('DELETE FROM receipts WHERE id = ? AND relay = ?'),
    replace: database.prepare('UPDATE events SET event = ? WHERE id = ?'),
    allReceipts: database.prepare('SELECT id, relay FROM receipts ORDER BY id, relay'),
  };
}

/**
 * Opens a device's copy of the log in the SQLite file `path` (made when absent). Writes resolve after COMMIT with fsync.
 * A broken file is put aside as `<path>.damaged-<time>`, what can be read is carried over, `tell` hears so in one sentence,
 * and `damage()` says that this copy is short.
 */
export function openSqliteStore(path: string, tell: (sentence: string) => void = tellOnStderr): LogStore {
  const canary = fileCanary(`${path}.count`);
  const file = openCopyFile(path, prepareTables, tell);

  /** Reads every row and makes the ledger fit what is really there. */
  function inspect(known = 0): Inspection {
    return file.run(({ rows }) => {
      const { events, misfits } = rows.read();
      const ledger = correct(rows.ledger(), events, Math.max(known, canary.read()));
      // All is back, and a row whose key rotted is nobody's: it would be named for ever.
      if (misfits.length > 0 && ledger.count >= ledger.expected)
        throw new DamagedDatabase(`${misfits.length} rows do not fit their ids`);
      rows.setLedger(ledger);
      return { events, misfits, ledger };
    });
  }

  // Before the first write, so that what is lost stays counted as lost.
  inspect();
  return {
    append: async (chain, build) => {
      const { event, expected } = file.run(({ rows }) => {
        const event = build(rows.tip(chain.pubkey, chain.d));
        rows.add([event]);
        return { event, expected: rows.ledger().expected };
      });
      canary.write(Math.max(expected, canary.read()));
      return event;
    },
    put: async (events) => {
      const { added, expected } = file.run(({ rows }) => ({
        added: rows.add(events),
        expected: rows.ledger().expected,
      }));
      if (added.length > 0) canary.write(Math.max(expected, canary.read()));
      return added;
    },
    purge: async (stubs) => {
      file.run(({ replace }) => stubs.forEach((stub) => void replace.run(JSON.stringify(stub), stub.id)));
      // With secure_delete the old bytes are overwritten in the file; the write-ahead log still has them until it is emptied.
      file.checkpoint();
    },
    all: async () => inspect().events,
    get: async (ids) => file.run(({ rows }) => ids.flatMap((id) => rows.get(id) ?? [])),
    addReceipts: async (relay, ids) =>
      file.run(({ addReceipt }) => ids.forEach((id) => void addReceipt.run(id, relay))),
    dropReceipts: async (relay, ids) =>
      file.run(({ dropReceipt }) => ids.forEach((id) => void dropReceipt.run(id, relay))),
    receipts: async () => {
      const receipts = new Map<string, string[]>();
      for (const row of file.run(({ allReceipts }) => allReceipts.all())) {
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
    close: async () => file.close(),
  };
}

function tellOnStderr(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
}
