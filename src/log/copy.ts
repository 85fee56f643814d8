import type { SignedEvent } from '../model/event.ts';
import { eventId, type Verified, verifyEvent } from './event.ts';
import { createHeld, type Held, type SetName } from './held.ts';
import { createListeners } from './listeners.ts';
import { createReceipts, type Receipts } from './receipts.ts';
import { chainPlace } from './slot.ts';
import type { Chain, LogStore, Tip } from './store.ts';

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
  /** Verifies, then stores, then tells: the one way in for every carrier. */
  ingest(values: readonly unknown[]): Promise<Ingested>;
  append(chain: Chain, build: (tip: Tip) => SignedEvent): Promise<SignedEvent>;
  onEvents(listener: (added: readonly SignedEvent[]) => void): () => void;
  /** What is wrong with this copy, one plain sentence each. */
  damage(): Promise<readonly string[]>;
  close(): Promise<void>;
}

export interface CopyOptions {
  readonly org: string;
  readonly store: LogStore;
  /** Lets others run between two slices of signature checks. */
  readonly pause: () => Promise<void>;
  /** How long receipts are gathered before one transaction. */
  readonly gather: () => Promise<void>;
  readonly verify?: (value: unknown, org: string) => Verified;
}

/** Signature checks between two pauses: about 10 ms in a browser. */
const SLICE = 16;

/** Reads the whole copy from the store; resolves when it is in memory. */
export async function openCopy(options: CopyOptions): Promise<Copy> {
  const { org, store, pause, gather, verify = verifyEvent } = options;
  const held = createHeld();
  const listeners = createListeners<readonly SignedEvent[]>();
  for (const event of await store.all()) held.add(event);
  const receipts = await createReceipts(store, gather);
  let trouble: string | null = null;

  function hold(events: readonly SignedEvent[]): readonly SignedEvent[] {
    const added = events.filter((event) => held.add(event));
    if (added.length > 0) listeners.tell(added);
    return added;
  }

  /** What is held was verified before; a copy that says the same needs no second signature check. */
  function check(value: unknown): Verified {
    const known = held.get(idOf(value));
    return known !== undefined && saysTheSame(value, known) ? { type: 'ok', event: known } : verify(value, org);
  }

  const endNews = store.onForeignChange((change) => {
    if (change.type === 'receipts') receipts.hear(change.relay, change.ids, change.held);
    else void store.get(change.ids).then(hold, report);
  });

  /** A browser may empty its storage under an open page: what memory holds goes back, before any relay is asked. */
  const refill = () => store.put(held.all());

  /** The last place of `chain` that memory knows. */
  function lastPlace({ pubkey, d }: Chain): number {
    const own = held.all().filter((event) => event.pubkey === pubkey);
    return own.reduce((last, event) => {
      const [, name = '', s = 0] = chainPlace(event) ?? [];
      return name === d ? Math.max(last, s) : last;
    }, 0);
  }

  function report(error: unknown): void {
    trouble = error instanceof Error ? error.message : String(error);
  }

  return {
    held,
    receipts,
    ingest: async (values) => {
      const valid: SignedEvent[] = [];
      const invalid: string[] = [];
      for (const [position, value] of values.entries()) {
        if (position > 0 && position % SLICE === 0) await pause();
        const verified = check(value);
        if (verified.type === 'ok') valid.push(verified.event);
        else invalid.push(verified.reason);
      }
      const lacking = valid.filter((event) => held.lacks(event));
      // A store that is full or broken must not hide news from the person: it is shown, and the damage is named.
      if (lacking.length > 0) await store.put(lacking).catch(report);
      return { valid, added: hold(lacking), invalid };
    },
    append: async (chain, build) => {
      const last = lastPlace(chain);
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
    onEvents: listeners.listen,
    damage: async () => {
      let found = await store.damage();
      if (found.length > 0) {
        await refill();
        found = await store.damage();
      }
      return [...(trouble === null ? [] : [trouble]), ...found];
    },
    close: async () => {
      endNews();
      await receipts.flush();
      await store.close();
    },
  };
}

function idOf(value: unknown): string {
  return typeof value === 'object' && value !== null && 'id' in value ? String(value.id) : '';
}

function saysTheSame(value: unknown, known: SignedEvent): boolean {
  const { id, sig, ...rest } = value as SignedEvent;
  try {
    return sig === known.sig && eventId(rest) === id;
  } catch {
    // Not even shaped like an event: the full check names what is wrong.
    return false;
  }
}

/** Held regular ids of a set that `relay` is not known to hold. */
export function unreceipted(copy: Copy, relay: string, set: SetName): readonly string[] {
  return copy.held.arrived(set).filter((id) => !copy.receipts.has(id, relay));
}
