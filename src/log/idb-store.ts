import type { SignedEvent } from '../model/event.ts';
import { fits } from './fits.ts';
import { createConnection } from './idb-connection.ts';
import { addAll, readTip, settle, type Writing } from './idb-rows.ts';
import type { LogStore } from './store.ts';
import { openTabNews } from './tab-news.ts';
import { type Canary, correct, describeDamage, EMPTY_LEDGER, type Ledger } from './tally.ts';

/** "Saved" may be said only after the flush to disk. */
const STRICT = { durability: 'strict' } as const;

interface Inspection {
  readonly events: readonly SignedEvent[];
  readonly misfits: readonly string[];
  readonly ledger: Ledger;
}

/** This browser's copy of the log, in the IndexedDB database `name`; shared by all tabs of the origin. */
export function openIdbStore(name: string, canary: Canary): LogStore {
  let inspected = false;
  // Whoever ended the connection may have emptied the database too.
  const connection = createConnection(name, () => {
    inspected = false;
  });
  const news = openTabNews(name);

  /** Writes in one strict transaction; `work` must wait for nothing but its own requests. */
  async function write<Result>(work: (transaction: Writing) => Promise<Result>): Promise<Result> {
    // Before the first write the ledger is made to fit, so that what is lost stays counted as lost.
    if (!inspected) await inspect();
    return transact(work);
  }

  function transact<Result>(work: (transaction: Writing) => Promise<Result>): Promise<Result> {
    return connection.use(async (database) => {
      const transaction: Writing = database.transaction(['events', 'ledger'], 'readwrite', STRICT);
      return settle(transaction, work(transaction));
    });
  }

  /** Reads every row and makes the ledger fit what is really there. */
  async function inspect(): Promise<Inspection> {
    const found = await transact(async (transaction) => {
      const rows = await transaction.objectStore('events').getAll();
      const events = rows.map((row) => row.event).filter(fits);
      const sound = new Set(events.map(({ id }) => id));
      const misfits = rows.map(({ id }) => id).filter((id) => !sound.has(id));
      const before = (await transaction.objectStore('ledger').get('ledger')) ?? EMPTY_LEDGER;
      const ledger = correct(before, events, canary.read());
      if (JSON.stringify(ledger) !== JSON.stringify(before))
        await transaction.objectStore('ledger').put(ledger, 'ledger');
      return { events, misfits, ledger };
    });
    inspected = true;
    return found;
  }

  async function noteReceipts(relay: string, ids: readonly string[], held: boolean): Promise<void> {
    await connection.use(async (database) => {
      const transaction = database.transaction('receipts', 'readwrite', STRICT);
      const noting = ids.map(async (id) => {
        const others = ((await transaction.store.get(id)) ?? []).filter((other) => other !== relay);
        await transaction.store.put(held ? [...others, relay].sort() : others, id);
      });
      await settle(transaction, Promise.all(noting));
    });
    news.tell({ type: 'receipts', relay, ids, held });
  }

  async function announce(added: readonly SignedEvent[]): Promise<void> {
    if (added.length === 0) return;
    const ledger = await connection.use((database) => database.get('ledger', 'ledger'));
    canary.write(ledger?.expected ?? 0);
    news.tell({ type: 'events', ids: added.map(({ id }) => id) });
  }

  return {
    append: async (chain, build) => {
      let built: SignedEvent | undefined;
      const event = await write(async (transaction) => {
        const tip = await readTip(transaction, chain.pubkey, chain.d);
        // The connection died while it committed: the event is there already, and must not be written twice.
        if (built !== undefined && built.id === tip.id) return built;
        built = build(tip);
        await addAll(transaction, [built]);
        return built;
      });
      await announce([event]);
      return event;
    },
    put: async (events) => {
      const added = await write((transaction) => addAll(transaction, events));
      await announce(added);
      return added;
    },
    all: async () => (await inspect()).events,
    get: (ids) =>
      connection.use(async (database) => {
        const rows = await Promise.all(ids.map((id) => database.get('events', id)));
        return rows.flatMap((row) => (row !== undefined && fits(row.event) ? [row.event] : []));
      }),
    addReceipts: (relay, ids) => noteReceipts(relay, ids, true),
    dropReceipts: (relay, ids) => noteReceipts(relay, ids, false),
    receipts: () =>
      connection.use(async (database) => {
        const transaction = database.transaction('receipts');
        const [ids, relays] = await Promise.all([transaction.store.getAllKeys(), transaction.store.getAll()]);
        return new Map(ids.map((id, position) => [id, relays[position] ?? []]));
      }),
    damage: async () => {
      const { ledger, misfits } = await inspect();
      return describeDamage(ledger, misfits);
    },
    onForeignChange: news.listen,
    close: async () => {
      news.close();
      await connection.close();
    },
  };
}
