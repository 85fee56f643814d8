import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { fits } from '../../log/store/fits.ts';
import { chainPlace, replaces, slotOf } from '../../log/store/slot.ts';
import type { Tip } from '../../log/store/store.ts';
import { EMPTY_LEDGER, grow, type Ledger } from '../../log/store/tally.ts';
import type { SignedEvent } from '../../model/event.ts';
import { restores } from '../../model/purge.ts';

/** The events table and its ledger. Every call runs inside the transaction of the caller. */
export interface Rows {
  /** Adds what is new and counts it in the ledger; returns what was new. */
  add(events: readonly SignedEvent[]): readonly SignedEvent[];
  get(id: string): SignedEvent | undefined;
  tip(pubkey: string, d: string): Tip;
  /** Every row: the events that fit their ids, and the ids of those that do not. */
  read(): { events: SignedEvent[]; misfits: string[] };
  ledger(): Ledger;
  setLedger(ledger: Ledger): void;
}

export function createRows(database: DatabaseSync): Rows {
  const insert = database.prepare(
    'INSERT OR REPLACE INTO events (id, pubkey, d, s, slot, event) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const replace = database.prepare('UPDATE events SET event = ? WHERE id = ?');
  const byId = database.prepare('SELECT event FROM events WHERE id = ?');
  const bySlot = database.prepare('SELECT event FROM events WHERE slot = ?');
  const everything = database.prepare('SELECT id, event FROM events');
  const lastOf = database.prepare(
    'SELECT s, id FROM events WHERE pubkey = ? AND d = ? AND s IS NOT NULL ORDER BY s DESC, id LIMIT 1',
  );
  const readLedger = database.prepare('SELECT text FROM ledger');
  const writeLedger = database.prepare('INSERT OR REPLACE INTO ledger (one, text) VALUES (1, ?)');

  function find(statement: StatementSync, key: string): SignedEvent | undefined {
    const row = statement.get(key);
    return row === undefined ? undefined : parseSound(row['event']);
  }

  function insertNew(event: SignedEvent): boolean {
    const held = find(byId, event.id);
    if (held?.id === event.id) {
      if (restores(event, held)) replace.run(JSON.stringify(event), event.id);
      return false;
    }
    const slot = slotOf(event);
    const rival = slot === undefined ? undefined : find(bySlot, slot);
    if (rival !== undefined && !replaces(event, rival)) return false;
    const [pubkey, d, s] = chainPlace(event) ?? [event.pubkey, '', null];
    insert.run(event.id, pubkey, d, s, slot ?? null, JSON.stringify(event));
    return true;
  }

  function ledger(): Ledger {
    const row = readLedger.get();
    return row === undefined ? EMPTY_LEDGER : (JSON.parse(String(row['text'])) as Ledger);
  }

  function setLedger(value: Ledger): void {
    writeLedger.run(JSON.stringify(value));
  }

  return {
    add: (events) => {
      const added = events.filter(insertNew);
      if (added.length > 0) setLedger(grow(ledger(), added));
      return added;
    },
    get: (id) => {
      const event = find(byId, id);
      return event?.id === id ? event : undefined;
    },
    tip: (pubkey, d) => {
      const row = lastOf.get(pubkey, d);
      return row === undefined ? { s: 0, id: null } : { s: Number(row['s']), id: String(row['id']) };
    },
    read: () => {
      const events: SignedEvent[] = [];
      const misfits: string[] = [];
      for (const row of everything.iterate()) {
        const event = parseSound(row['event']);
        if (event !== undefined && event.id === row['id']) events.push(event);
        else misfits.push(String(row['id']));
      }
      return { events, misfits };
    },
    ledger,
    setLedger,
  };
}

/** The event in a row; undefined where the text is no longer JSON or no longer fits its id. */
export function parseSound(text: unknown): SignedEvent | undefined {
  try {
    const event = JSON.parse(String(text)) as SignedEvent;
    return fits(event) ? event : undefined;
  } catch {
    // Rot in the row: it counts as a misfit, and a relay brings the event back.
    return undefined;
  }
}
