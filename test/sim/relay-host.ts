import type { SignedEvent } from '../../src/model/event.ts';
import { REGULAR_KINDS } from '../../src/model/kind-sets.ts';
import { LIMITS } from '../../src/node/relay/limits.ts';
import { MemoryShelf } from '../../src/node/relay/memory-shelf.ts';
import { createState, type Input, type Output, type RelayState } from '../../src/node/relay/state.ts';
import { mayOpen, step } from '../../src/node/relay/step.ts';
import type { Planted } from './defect.ts';
import type { Connection, Listener } from './network.ts';
import type { Pens } from './pens.ts';
import type { Random } from './random.ts';
import type { Schedule } from './schedule.ts';

export interface RelayHostOptions {
  readonly name: string;
  readonly root: string;
  readonly schedule: Schedule;
  readonly random: Random;
  readonly pens: Pens;
  readonly planted?: Planted | undefined;
}

/** What a dishonest relay does to frames: gives what goes on instead. */
export interface Tampering {
  readonly name: string;
  /** What it lacks shows when it is compared: then no receipt may say otherwise. */
  readonly comparesHonestly?: boolean;
  incoming(text: string, answer: (text: string) => void): boolean;
  outgoing(text: string): readonly string[];
}

/** A machine with the real relay on it: power, disk, clock and group commit are the simulator's. */
export class RelayHost implements Listener {
  readonly name: string;
  readonly url: string;
  /** What is on the disk. */
  shelf = new MemoryShelf();
  tampering: Tampering | undefined;
  /** Ids that this disk has answered for with OK. */
  readonly promised = new Set<string>();
  /** Those of them that were not on the disk when the power failed; that somebody sent them again later is no excuse. */
  readonly brokenPromises = new Set<string>();
  /** Milliseconds that its clock is wrong by. */
  skew = 0;
  readonly #options: RelayHostOptions;
  #state: RelayState | undefined;
  #connections = new Map<number, Connection>();
  #numbers = new Map<Connection, number>();
  #nextNumber = 1;
  #batch: SignedEvent[] = [];
  #run = 0;
  #lastCommit: readonly SignedEvent[] = [];

  constructor(options: RelayHostOptions) {
    this.#options = options;
    this.name = options.name;
    this.url = `ws://${options.name}.example`;
    this.start();
  }

  get isUp(): boolean {
    return this.#state !== undefined;
  }

  get connections(): readonly Connection[] {
    return [...this.#connections.values()];
  }

  start(): void {
    if (!this.isUp) this.#state = createState(this.#options.root, this.shelf, LIMITS);
  }

  /** Power off: what is not committed is gone. */
  crash(): void {
    if (this.#options.planted === 'relay loses its last commit in a crash') this.#forgetLastCommit();
    for (const id of this.promised) if (this.#isEvent(id) && !this.shelf.has(id)) this.brokenPromises.add(id);
    this.#state = undefined;
    this.#run++;
    this.#batch = [];
    const open = this.connections;
    this.#connections.clear();
    this.#numbers.clear();
    for (const connection of open) connection.drop('the relay died');
  }

  /** Puts another disk into a relay that is off. */
  exchangeDisk(events: readonly SignedEvent[]): void {
    this.shelf = new MemoryShelf();
    this.shelf.put(events);
    for (const id of this.promised) if (!this.shelf.has(id)) this.promised.delete(id);
  }

  /** Under open connections, as if nothing had happened. */
  replaceShelf(events: readonly SignedEvent[]): void {
    const old = this.#state;
    this.exchangeDisk(events);
    if (old === undefined) return;
    const fresh = createState(this.#options.root, this.shelf, LIMITS);
    for (const [number, connection] of old.connections) fresh.connections.set(number, connection);
    fresh.nextTicket = old.nextTicket;
    this.#state = fresh;
  }

  backup(): readonly SignedEvent[] {
    return this.shelf.all().map(({ event }) => event);
  }

  accept(connection: Connection): boolean {
    const { address } = connection.caller;
    if (this.#state === undefined || !mayOpen(this.#state, address)) return false;
    const number = this.#nextNumber++;
    this.#connections.set(number, connection);
    this.#numbers.set(connection, number);
    const challenge = Buffer.from(this.#options.random.bytes(16)).toString('hex');
    this.#feed({ type: 'opened', connection: number, address, challenge, hosts: [`${this.name}.example`] });
    return true;
  }

  receive(connection: Connection, text: string): void {
    const number = this.#numbers.get(connection);
    if (number === undefined) return;
    if (this.tampering?.incoming(text, (answer) => connection.answer(answer)) === false) return;
    this.#feed({ type: 'frame', connection: number, text });
  }

  gone(connection: Connection): void {
    const number = this.#numbers.get(connection);
    if (number === undefined) return;
    this.#numbers.delete(connection);
    this.#connections.delete(number);
    this.#feed({ type: 'closed', connection: number });
  }

  #feed(input: Input): void {
    if (this.#state === undefined) return;
    const now = this.#options.schedule.now + this.skew;
    for (const output of step(this.#state, input, now)) this.#perform(output);
  }

  #perform(output: Output): void {
    switch (output.type) {
      case 'send':
        this.#send(output.connection, output.text);
        return;
      case 'close':
        this.#connections.get(output.connection)?.cut(output.reason);
        return;
      case 'verify': {
        const { ticket, event, org } = output;
        this.#later(2, () => this.#feed({ type: 'verified', ticket, verified: this.#options.pens.verify(event, org) }));
        return;
      }
      case 'store':
        if (this.#batch.length === 0) this.#later(this.#options.random.between(1, 20), () => this.#commit());
        this.#batch.push(output.event);
        if (this.#options.planted === 'relay acknowledges before it commits') this.#answerTooEarly(output.event);
        return;
    }
  }

  #commit(): void {
    const events = this.#batch;
    this.#batch = [];
    const outcomes = this.shelf.put(events);
    this.#lastCommit = events;
    const results = events.map((event, at) => ({ event, outcome: outcomes[at] ?? 'duplicate' }));
    // The power may fail between the commit and its answer.
    this.#later(this.#options.random.below(4), () => this.#feed({ type: 'stored', results }));
  }

  #send(number: number, text: string): void {
    const connection = this.#connections.get(number);
    if (connection === undefined) return;
    const id = /^\["OK","([0-9a-f]{64})",true/.exec(text)?.[1];
    if (id !== undefined) this.promised.add(id);
    for (const frame of this.tampering?.outgoing(text) ?? [text]) connection.answer(frame);
  }

  #answerTooEarly({ id }: SignedEvent): void {
    const waiting = this.#state?.storing.get(id)?.waiting.splice(0) ?? [];
    for (const connection of waiting) this.#send(connection, JSON.stringify(['OK', id, true, '']));
  }

  #forgetLastCommit(): void {
    const lost = new Set(this.#lastCommit.map(({ id }) => id));
    const kept = this.backup().filter(({ id }) => !lost.has(id));
    this.shelf = new MemoryShelf();
    this.shelf.put(kept);
  }

  /** Not the answer to a challenge, and no hint, which newer ones replace. */
  #isEvent(id: string): boolean {
    return REGULAR_KINDS.includes(this.#options.pens.signed.get(id)?.kind ?? 0);
  }

  /** Not after a crash: a new start knows nothing of it. */
  #later(ms: number, task: () => void): void {
    const run = this.#run;
    this.#options.schedule.after(ms, () => run === this.#run && task(), true);
  }
}
