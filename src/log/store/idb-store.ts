import type { SignedEvent } from '../../model/event.ts';
import type { StoreMode } from './damage.ts';
import { fits } from './fits.ts';
import { createConnection } from './idb-connection.ts';
import type { Place } from './idb-open.ts';
import { addAll, readTip, settle, type Writing } from './idb-rows.ts';
import type { LogStore } from './store.ts';
import { openTabNews } from './tab-news.ts';
import { type Canary, correct, damageOf, EMPTY_LEDGER, type Ledger } from './tally.ts';

/** "Saved" may be said only after the flush to disk. */
const STRICT = { durability: 'strict' } as const;

interface Inspection {
  readonly events: readonly SignedEvent[];
  readonly unfit: readonly string[];
  readonly ledger: Ledger;
}

const DURABLE: StoreMode = { type: 'durable' };

/** This browser's copy of the log, in the IndexedDB database `name` of `place`; shared by all tabs of the origin. */
export function openIdbStore(place: Place, name: string, canary: Canary, mode: StoreMode = DURABLE): LogStore {
  /** Ids of rows that did not fit at the last look at all rows; null before the first one. */
  let misfits: readonly string[] | null = null;
  // Whoever ended the connection may have emptied the database too.
  const connection = createConnection(place, name, () => {
    misfits = null;
  });
  const news = openTabNews(mode.type === 'durable' ? name : `${name} ${mode.type}`);

  /** Writes in one strict transaction; `work` must wait for nothing but its own requests. */
  async function write<Result>(work: (transaction: Writing) => Promise<Result>): Promise<Result> {
    // Before the first write the ledger is made to fit, so that what is lost stays counted as lost.
    if (misfits === null) await inspect();
    return transact(work);
  }

  function transact<Result>(work: (transaction: Writing) => Promise<Result>): Promise<Result> {
    return connection.use(async (database) => {
      const transaction: Writing = database.transaction(['events', 'ledger'], 'readwrite', STRICT);
      return settle(transaction, work(transaction));
    });
  }

  /** Reads every row and makes the ledger fit what is really there. */
  async function inspect(known = 0): Promise<Inspection> {
    const found = await transact(async (transaction) => {
      const rows = await transaction.objectStore('events').getAll();
      const events = rows.map((row) => row.event).filter(fits);
      const sound = new Set(events.map(({ id }) => id));
      const unfit = rows.map(({ id }) => id).filter((id) => !sound.has(id));
      const before = (await transaction.objectStore('ledger').get('ledger')) ?? EMPTY_LEDGER;
      const ledger = correct(before, events, Math.max(known, canary.read()));
      if (JSON.stringify(ledger) !== JSON.stringify(before))
        await transaction.objectStore('ledger').put(ledger, 'ledger');
      return { events, unfit, ledger };
    });
    misfits = found.unfit;
    return found;
  }

  /** Whether the number of rows is still the one that the ledger counts: a look that costs the same for any number of events. */
  function isUnchanged(known: number): Promise<boolean> {
    return connection.use(async (database) => {
      const transaction = database.transaction(['events', 'ledger']);
      const events = transaction.objectStore('events');
      const [all, slots, ledger] = await Promise.all([
        events.count(),
        events.index('slot').count(),
        transaction.objectStore('ledger').get('ledger'),
      ]);
      const { count, expected } = ledger ?? EMPTY_LEDGER;
      return all - slots === count && count === expected && count >= Math.max(known, canary.read());
    });
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
    mode: () => mode,
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
    purge: (stubs) =>
      write(async (transaction) => {
        const events = transaction.objectStore('events');
        for (const stub of stubs) {
          const row = await events.get(stub.id);
          if (row !== undefined) await events.put({ ...row, event: stub });
        }
      }),
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
    damage: async (known = 0) => {
      if (misfits?.length === 0 && (await isUnchanged(known))) return [];
      const { ledger, unfit } = await inspect(known);
      return damageOf(ledger, unfit);
    },
    onForeignChange: news.listen,
    close: async () => {
      news.close();
      await connection.close();
    },
  };
}
