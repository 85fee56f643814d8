import { type Log, openLog } from '../../src/log/log.ts';
import { openRooms, type Rooms } from '../../src/log/rooms/room.ts';
import type { Platform } from '../../src/platform.ts';
import { broken, deduplicatingFirst, type Planted } from './defect.ts';
import { Disk, type Opener } from './disk.ts';
import { type Caller, type Connection, type Listener, type Network, openPath, type Path } from './network.ts';
import type { Member } from './organisation.ts';
import type { Pens } from './pens.ts';
import type { Random } from './random.ts';

export interface DeviceOptions {
  readonly member: Member;
  readonly name: string;
  readonly root: string;
  readonly network: Network;
  readonly random: Random;
  readonly pens: Pens;
  readonly relays: readonly { readonly url: string; readonly name: string }[];
  /** By URL; a relay that shows two faces gives this device one of them. */
  readonly relay: (url: string) => Listener;
  readonly delay: number;
  readonly hasRooms: boolean;
  readonly planted: Planted | undefined;
}

/** A device: one key, one disk, a clock of its own, a path to each relay, and tabs that come and go. */
export class Device {
  readonly name: string;
  readonly member: Member;
  readonly disk: Disk;
  readonly paths: ReadonlyMap<string, Path>;
  /** Milliseconds that its clock is wrong by. */
  skew = 0;
  /** Its key is in the hands of somebody else. */
  isStolen = false;
  tabs: Tab[] = [];
  readonly options: DeviceOptions;
  #opened = 0;

  constructor(options: DeviceOptions) {
    this.options = options;
    this.name = options.name;
    this.member = options.member;
    this.disk = new Disk(options.network.schedule, options.random.fork(), options.planted);
    this.paths = new Map(options.relays.map(({ name }) => [name, openPath(options.delay)]));
  }

  get living(): readonly Tab[] {
    return this.tabs;
  }

  /** Tabs that can write. */
  get ready(): readonly Log[] {
    return this.tabs.flatMap(({ log, isFrozen }) => (log === undefined || isFrozen ? [] : [log]));
  }

  openTab(): void {
    this.tabs.push(new Tab(this, `${this.name}.${++this.#opened}`));
  }

  kill(tab: Tab): void {
    this.tabs = this.tabs.filter((other) => other !== tab);
    tab.die();
  }
}

/** One open page: the real log over the device's disk. */
export class Tab implements Caller, Opener {
  readonly name: string;
  readonly address: string;
  isAlive = true;
  log: Log | undefined;
  rooms: Rooms | undefined;
  readonly #device: Device;
  readonly #connections = new Set<Connection>();
  #isFrozen = false;
  #waiting: (() => void)[] = [];

  constructor(device: Device, name: string) {
    this.name = name;
    this.address = device.name;
    this.#device = device;
    void this.#open();
  }

  get isFrozen(): boolean {
    return this.#isFrozen;
  }

  path(relay: string): Path {
    const path = this.#device.paths.get(relay);
    if (path === undefined) throw new Error(`${this.name} knows no path to ${relay}.`);
    return path;
  }

  relay(url: string): Listener {
    return this.#device.options.relay(url);
  }

  /** The machine sleeps: everything waits, and comes in its order when it wakes. */
  freeze(ms: number): void {
    this.#isFrozen = true;
    this.#device.options.network.schedule.after(ms, () => this.wake());
  }

  wake(): void {
    this.#isFrozen = false;
    const next = this.#waiting.shift();
    if (next === undefined || !this.isAlive) return;
    next();
    this.#device.options.network.schedule.after(0, () => this.wake());
  }

  die(): void {
    this.isAlive = false;
    for (const connection of this.#connections) connection.close();
  }

  guard(task: () => void): void {
    if (!this.isAlive) return;
    if (this.#isFrozen || this.#waiting.length > 0) this.#waiting.push(task);
    else task();
  }

  async #open(): Promise<void> {
    const { root, relays, random, pens, hasRooms, planted } = this.#device.options;
    const { secret } = this.#device.member;
    const log = await openLog({
      root,
      relays: relays.map(({ url }) => url),
      store: broken(this.#device.disk.open(this), planted),
      platform: this.#platform(random.fork()),
      verify: planted === 'duplicates are looked for before signatures' ? deduplicatingFirst(pens.verify) : pens.verify,
      signer: pens.signer,
    });
    log.unlock(secret);
    if (hasRooms) this.rooms = openRooms(log, secret);
    this.log = log;
  }

  #platform(random: Random): Platform {
    const { network } = this.#device.options;
    return {
      now: () => Math.floor(network.schedule.now) + this.#device.skew,
      random: random.bytes,
      fetch: () => Promise.reject(new Error('There is no HTTP in this world.')),
      socket: (url, handlers) => {
        if (!this.isAlive) return { send: () => {}, close: () => {}, buffered: 0 };
        const socket = network.open(this, url, handlers);
        this.#connections.add(socket.connection);
        return socket;
      },
      after: (ms, task) => network.schedule.after(ms, () => this.guard(task)),
    };
  }
}
