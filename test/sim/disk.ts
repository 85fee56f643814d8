import type { Damage } from '../../src/log/store/damage.ts';
import { createMemoryStore } from '../../src/log/store/memory-store.ts';
import type { Chain, LogStore, StoreChange, Tip } from '../../src/log/store/store.ts';
import type { SignedEvent } from '../../src/model/event.ts';
import { isAddressable } from '../../src/model/kind-sets.ts';
import { restores } from '../../src/model/purge.ts';
import type { Planted } from './defect.ts';
import type { Random } from './random.ts';
import type { Schedule } from './schedule.ts';

/** Who opened the disk: a dead one's transactions are never begun, or never heard of. */
export interface Opener {
  readonly isAlive: boolean;
  guard(task: () => void): void;
}

interface Job {
  readonly opener: Opener;
  readonly begin: () => void;
}

/** A device's storage, shared by its tabs: strict transactions, one after the other, each of which takes its time. */
export class Disk {
  /** A full one refuses what is new. */
  isFull = false;
  /** Whether it was emptied or set back: then its keys may use a place in a chain twice. */
  wasSetBack = false;
  /** Ids of appends that resolved and that nothing has taken away since. */
  readonly promised = new Set<string>();
  /** Raised with every change. */
  version = 0;
  #kept: LogStore = createMemoryStore();
  #held = new Map<string, SignedEvent>();
  #jobs: Job[] = [];
  #isBusy = false;
  readonly #news = new Map<Opener, (change: StoreChange) => void>();
  readonly #schedule: Schedule;
  readonly #random: Random;

  readonly #planted: Planted | undefined;

  constructor(schedule: Schedule, random: Random, planted?: Planted) {
    this.#planted = planted;
    this.#schedule = schedule;
    this.#random = random;
  }

  /** Everything that is committed. */
  get events(): ReadonlyMap<string, SignedEvent> {
    return this.#held;
  }

  /** What the device was set up with. */
  begin(events: readonly SignedEvent[]): void {
    for (const event of events) this.#held.set(event.id, event);
    void this.#kept.put(events);
  }

  /** Replaces what is kept, under the feet of whoever has it open. */
  setBack(events: readonly SignedEvent[]): void {
    this.#kept = createMemoryStore();
    this.#held = new Map();
    for (const event of events) this.#held.set(event.id, event);
    void this.#kept.put(events);
    for (const id of this.promised) if (!this.#held.has(id)) this.promised.delete(id);
    this.wasSetBack = true;
    this.version++;
  }

  open(opener: Opener): LogStore {
    const read = <Value>(from: (kept: LogStore) => Promise<Value>) => this.#transaction(opener, () => from(this.#kept));
    return {
      ...this.#kept,
      append: async (chain, build) => {
        if (this.#planted === 'device says saved before it is') return this.#sayTooEarly(opener, chain, build);
        const guess = this.#planted === 'two tabs allocate the same place' ? await this.#tip(chain) : undefined;
        let onto = this.#kept;
        const event = await this.#transaction(opener, () => {
          onto = this.#kept;
          return onto.append(chain, (tip) => {
            const built = build(guess ?? tip);
            this.#refuseIfFull();
            this.#keep(opener, [built]);
            return built;
          });
        });
        // What was emptied before the answer came has taken it away already.
        if (onto === this.#kept) this.promised.add(event.id);
        return event;
      },
      put: (events) =>
        this.#transaction(opener, () => {
          this.#refuseIfFull();
          const fresh = events.filter((event) => {
            const held = this.#held.get(event.id);
            return held === undefined || restores(event, held);
          });
          if (fresh.length > 0) this.#keep(opener, fresh);
          return this.#kept.put(events);
        }),
      purge: (stubs) =>
        this.#transaction(opener, () => {
          for (const stub of stubs) if (this.#held.has(stub.id)) this.#held.set(stub.id, stub);
          this.version++;
          return this.#kept.purge(stubs);
        }),
      all: () => read((kept) => kept.all()),
      get: (ids) => read((kept) => kept.get(ids)),
      receipts: () => read((kept) => kept.receipts()),
      damage: (known = 0) => read(async () => this.#damage(known)),
      addReceipts: (relay, ids) => this.#note(opener, relay, ids, true),
      dropReceipts: (relay, ids) => this.#note(opener, relay, ids, false),
      onForeignChange: (listener) => {
        this.#news.set(opener, listener);
        return () => void this.#news.delete(opener);
      },
      close: async () => void this.#news.delete(opener),
    };
  }

  /** The end of a chain, read outside the transaction. */
  #tip(chain: Chain): Promise<Tip> {
    return new Promise((resolve) => {
      const read = (tip: Tip): never => {
        resolve(tip);
        throw new Error('Only read.');
      };
      this.#kept.append(chain, read).catch(() => undefined);
    });
  }

  async #sayTooEarly(opener: Opener, chain: Chain, build: (tip: Tip) => SignedEvent): Promise<SignedEvent> {
    const event = build(await this.#tip(chain));
    void this.#transaction(opener, () => {
      this.#keep(opener, [event]);
      return this.#kept.put([event]);
    });
    this.promised.add(event.id);
    return event;
  }

  #note(opener: Opener, relay: string, ids: readonly string[], held: boolean): Promise<void> {
    return this.#transaction(opener, () => {
      this.#tell(opener, { type: 'receipts', relay, ids, held });
      return held ? this.#kept.addReceipts(relay, ids) : this.#kept.dropReceipts(relay, ids);
    });
  }

  /** As the real ones, which keep a count: short where somebody knows of more. */
  #damage(expected: number): readonly Damage[] {
    const held = [...this.#held.values()].filter(({ kind }) => !isAddressable(kind)).length;
    return held < expected ? [{ type: 'short', held, expected }] : [];
  }

  #refuseIfFull(): void {
    if (this.isFull) throw new Error('The quota is exceeded.');
  }

  #keep(opener: Opener, events: readonly SignedEvent[]): void {
    for (const event of events) this.#held.set(event.id, event);
    this.version++;
    this.#tell(opener, { type: 'events', ids: events.map(({ id }) => id) });
  }

  #tell(teller: Opener, change: StoreChange): void {
    for (const [opener, listener] of this.#news) {
      if (opener !== teller)
        this.#schedule.after(this.#random.between(1, 30), () => opener.guard(() => listener(change)));
    }
  }

  #transaction<Value>(opener: Opener, work: () => Value | Promise<Value>): Promise<Value> {
    return new Promise((resolve, reject) => {
      const begin = () => {
        let result: Promise<Value>;
        try {
          result = Promise.resolve(work());
        } catch (error) {
          result = Promise.reject(error);
        }
        // Heard a little later, or by nobody.
        result.catch(() => undefined);
        // Whoever is killed now has committed and never knows.
        this.#schedule.after(this.#random.below(4), () => opener.guard(() => void result.then(resolve, reject)));
      };
      this.#jobs.push({ opener, begin });
      this.#next();
    });
  }

  #next(): void {
    if (this.#isBusy) return;
    const job = this.#jobs.shift();
    if (job === undefined) return;
    this.#isBusy = true;
    this.#schedule.after(this.#random.below(5), () => {
      if (job.opener.isAlive) job.begin();
      this.#isBusy = false;
      this.#next();
    });
  }
}
