import type { SignedEvent } from '../../src/model/event.ts';
import type { Planted } from './defect.ts';
import { Device } from './device.ts';
import { Network, type Path } from './network.ts';
import { firstRoster, type Member, root } from './organisation.ts';
import { createPens, type Pens } from './pens.ts';
import { createRandom, type Random } from './random.ts';
import { RelayHost } from './relay-host.ts';
import { Schedule, START } from './schedule.ts';
import { Trace } from './trace.ts';

export interface WorldOptions {
  readonly seed: number;
  readonly members: readonly Member[];
  readonly relays: number;
  /** Real signatures: slow. */
  readonly isReal: boolean;
  /** Real sealed rooms: slow. */
  readonly hasRooms: boolean;
  /** Most milliseconds that a frame travels. */
  readonly delay: number;
  /** What is broken on purpose. */
  readonly planted: Planted | undefined;
}

/** Devices, relays and what lies between them, in one virtual time. */
export class World {
  readonly schedule = new Schedule();
  readonly trace = new Trace();
  readonly counts = new Map<string, number>();
  readonly backups = new Map<RelayHost, readonly SignedEvent[]>();
  readonly random: Random;
  readonly pens: Pens;
  readonly paper: SignedEvent;
  readonly devices: Device[];
  /** Every machine; a relay with two faces has two, and each device sees one. */
  readonly hosts: RelayHost[];
  readonly delay: number;
  readonly hasRooms: boolean;
  readonly isReal: boolean;
  isHealed = false;
  readonly #network: Network;
  readonly #options: WorldOptions;

  constructor(options: WorldOptions) {
    this.#options = options;
    this.random = createRandom(options.seed);
    this.delay = options.delay;
    this.hasRooms = options.hasRooms;
    this.isReal = options.isReal;
    this.pens = createPens(options.isReal);
    this.paper = firstRoster(this.pens);
    this.#network = new Network(this.schedule, this.random.fork(), this.trace, (fault) => this.count(fault));
    this.hosts = Array.from({ length: options.relays }, (_, n) => this.#host(`r${n}`));
    this.devices = options.members.map((member) => this.#device(member, member.name));
  }

  after(ms: number, task: () => void): void {
    this.schedule.after(ms, task);
  }

  note(what: string): void {
    this.trace.note(this.schedule.now, what);
  }

  count(what: string): void {
    this.counts.set(what, (this.counts.get(what) ?? 0) + 1);
  }

  /** A deed that the log refused with a sentence: shown to the person, and so no loss. */
  refused(name: string, error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    this.note(`${name} refused: ${reason}`);
    this.count(`refused: ${name}`);
  }

  /** What a device writes when it has nothing special to do. */
  write: (device: Device) => void = () => {};

  /** Gives a second machine the key and a copy of the disk of the first; from now on that key is nobody's word. */
  steal(): boolean {
    const victim = this.devices.find(({ member }) => member.name === 'cleo');
    if (victim === undefined || this.devices.some(({ isStolen }) => isStolen)) return false;
    const thief = this.#device(victim.member, 'thief');
    for (const device of [victim, thief]) device.isStolen = true;
    thief.disk.setBack([...victim.disk.events.values()]);
    thief.skew = this.random.pick([0, -3_600_000, -24 * 3_600_000]);
    this.devices.push(thief);
    thief.openTab();
    return true;
  }

  /** Adds the second face of a relay: the devices with an odd name see it instead. */
  fork(host: RelayHost): RelayHost {
    const face = this.#host(host.name);
    this.hosts.push(face);
    this.#faces.set(host.name, face);
    return face;
  }

  /** Both faces become one honest relay again: the first. */
  unfork(): void {
    for (const face of this.#faces.values()) {
      face.crash();
      this.hosts.splice(this.hosts.indexOf(face), 1);
    }
    this.#faces.clear();
  }

  get seconds(): number {
    return (this.schedule.now - START) / 1000;
  }

  readonly #faces = new Map<string, RelayHost>();

  #host(name: string): RelayHost {
    const { schedule, pens, random } = this;
    const { planted } = this.#options;
    return new RelayHost({ name, root: root.pk, schedule, pens, random: random.fork(), planted });
  }

  #device(member: Member, name: string): Device {
    const relays = [...new Set(this.hosts.map((host) => host.name))];
    const device = new Device({
      member,
      name,
      root: root.pk,
      network: this.#network,
      random: this.random.fork(),
      pens: this.pens,
      relays: relays.map((relay) => ({ name: relay, url: `ws://${relay}.example` })),
      relay: (url) => this.#face(name, url),
      delay: this.delay,
      hasRooms: this.#options.hasRooms,
      planted: this.#options.planted,
    });
    device.disk.begin([this.paper]);
    return device;
  }

  #face(device: string, url: string): RelayHost {
    const name = new URL(url).hostname.split('.')[0] ?? '';
    const host = this.#faces.get(name);
    if (host !== undefined && device.length % 2 === 1) return host;
    const first = this.hosts.find((one) => one.name === name);
    if (first === undefined) throw new Error(`There is no relay ${name}.`);
    return first;
  }
}

export function mend(path: Path, delay: number): void {
  Object.assign(path, { toRelay: true, toDevice: true, refuses: false, resets: 0, doubles: 0, delay });
}
