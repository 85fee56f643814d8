import { KIND, type SignedEvent } from '../model/event.ts';
import { checkAll, type Verify } from './check.ts';
import { verifyEvent } from './event.ts';
import { createHeld, type Held, type SetName } from './held.ts';
import { createLimbo, type Limbo } from './limbo.ts';
import { createListeners } from './listeners.ts';
import { createReceipts, type Receipts } from './receipts.ts';
import type { Damage, StoreMode } from './store/damage.ts';
import { slotOf } from './store/slot.ts';
import type { Chain, LogStore, Tip } from './store/store.ts';
import { createUnsaved } from './store/unsaved.ts';

export interface Ingested {
  /** Every event that verified, held before or not. */
  readonly valid: readonly SignedEvent[];
  readonly added: readonly SignedEvent[];
  /** Why each of the others was refused, one plain reason each. */
  readonly invalid: readonly string[];
}

/** The device's copy of the log: everything held in memory, written through to the store. */
export interface Copy {
  readonly held: Held;
  readonly receipts: Receipts;
  /**
   * Verifies, then stores, then tells: the one way in for every carrier. What a relay brings of authors that no roster
   * names is neither stored nor told; what a person brings always is.
   */
  ingest(values: readonly unknown[], carrier?: 'person' | 'relay'): Promise<Ingested>;
  append(chain: Chain, build: (tip: Tip) => SignedEvent): Promise<SignedEvent>;
  /** Drops the content of `ids`, held or yet to come, and takes in what the roster says of those that were never held. */
  purge(ids: ReadonlySet<string>, stated: readonly SignedEvent[]): Promise<void>;
  onEvents(listener: (added: readonly SignedEvent[]) => void): () => void;
  /** Told of what another tab wrote, after `onEvents`. */
  onNeighbour(listener: (added: readonly SignedEvent[]) => void): () => void;
  /** What is wrong with this copy, after an attempt to mend it from memory. */
  damage(): Promise<readonly Damage[]>;
  mode(): StoreMode;
  close(): Promise<void>;
}

export interface CopyOptions {
  readonly org: string;
  /** The root key; left out: whom relays bring is not asked after. */
  readonly root?: string;
  readonly store: LogStore;
  /** Lets others run between two slices of signature checks. */
  readonly pause: () => Promise<void>;
  /** How long receipts are gathered before one transaction. */
  readonly gather: () => Promise<void>;
  readonly verify?: Verify;
}

/** Reads the whole copy from the store; resolves when it is in memory. */
export async function openCopy(options: CopyOptions): Promise<Copy> {
  const { org, root, store, pause, gather, verify = verifyEvent } = options;
  const held = createHeld();
  const listeners = createListeners<readonly SignedEvent[]>();
  for (const event of await store.all()) held.add(event);
  const receipts = await createReceipts(store, gather);
  const neighbours = createListeners<readonly SignedEvent[]>();
  const unsaved = createUnsaved(store, held);
  const limbo =
    root === undefined ? null : createLimbo(root, () => held.all().filter(({ kind }) => kind === KIND.roster));

  function hold(events: readonly SignedEvent[]): readonly SignedEvent[] {
    const added = events.filter((event) => held.add(event));
    if (added.length > 0) listeners.tell(added);
    return added;
  }

  const endNews = store.onForeignChange((change) => {
    if (change.type === 'receipts') receipts.hear(change.relay, change.ids, change.held);
    else void hear(change.ids);
  });

  /** A tab's word proves nothing: its events are read again from the store, which checks them. */
  async function hear(ids: readonly string[]): Promise<void> {
    try {
      const added = hold(await store.get(ids));
      if (added.length > 0) neighbours.tell(added);
    } catch (error) {
      // The relays bring them too.
      console.warn('What another tab wrote cannot be read.', error);
    }
  }

  /** A browser may empty its storage under an open page: what memory holds goes back, before any relay is asked. */
  const refill = () => store.put(held.all());

  /** How many regular events the store must hold by what memory knows. */
  const stored = () => held.all().filter((event) => slotOf(event) === undefined && !unsaved.has(event.id)).length;
  /** The most events that were ever missing while this copy was open. */
  let lost = 0;

  return {
    held,
    receipts,
    ingest: async (values, carrier = 'person') => {
      const valid: SignedEvent[] = [];
      const invalid: string[] = [];
      for (const verified of await checkAll(values, { org, held, verify, pause })) {
        if (verified.type === 'ok') valid.push(verified.event);
        else invalid.push(verified.reason);
      }
      const unknown = valid.filter((event) => held.lacks(event));
      const lacking = limbo === null ? unknown : welcome(unknown, carrier, limbo);
      // What is purged must not touch the disk, not even for a moment.
      if (lacking.length > 0) await unsaved.put(lacking.map(held.kept));
      return { valid, added: hold(lacking), invalid };
    },
    append: async (chain, build) => {
      const last = held.lastPlace(chain.pubkey, chain.d);
      let isEmptied = false;
      const next = (tip: Tip) => {
        isEmptied = tip.s < last;
        if (isEmptied) throw new Error('The copy on this device was emptied while it was open.');
        return build(tip);
      };
      const event = await store.append(chain, next).catch(async (error: unknown) => {
        if (!isEmptied) throw error;
        await refill();
        return store.append(chain, build);
      });
      hold([event]);
      return event;
    },
    purge: async (ids, stated) => {
      const dropped = held.purge(ids);
      if (dropped.length > 0) {
        await store.purge(dropped);
        listeners.tell(dropped);
      }
      const unknown = stated.filter((stub) => held.lacks(stub));
      if (unknown.length > 0) await unsaved.put(unknown);
      hold(unknown);
    },
    onEvents: listeners.listen,
    onNeighbour: neighbours.listen,
    mode: store.mode,
    damage: async () => {
      await unsaved.retry();
      let found = await store.damage(stored());
      lost = Math.max(lost, missing(found));
      if (found.length > 0) {
        // What finds no room again stays named below.
        await refill().catch((error: unknown) => console.warn('The copy was not filled again.', error));
        found = await store.damage(stored());
      }
      const mended: readonly Damage[] = lost > 0 && missing(found) === 0 ? [{ type: 'mended', count: lost }] : [];
      return [...unsaved.damage(), ...found, ...mended];
    },
    close: async () => {
      endNews();
      await receipts.flush();
      await store.close();
    },
  };
}

function missing(damage: readonly Damage[]): number {
  return damage.reduce((sum, one) => (one.type === 'short' ? sum + one.expected - one.held : sum), 0);
}

/** What a person brings comes in whoever wrote it; its statements may let in what waited. */
function welcome(events: readonly SignedEvent[], carrier: 'person' | 'relay', limbo: Limbo): readonly SignedEvent[] {
  if (carrier === 'relay') return limbo.sieve(events);
  return [...new Set([...events, ...limbo.sieve(events.filter(({ kind }) => kind === KIND.roster))])];
}

/** Held regular ids of a set that `relay` is not known to hold. */
export function unreceipted(copy: Copy, relay: string, set: SetName): readonly string[] {
  return copy.held.arrived(set).filter((id) => !copy.receipts.has(id, relay) && copy.held.get(id) !== undefined);
}
