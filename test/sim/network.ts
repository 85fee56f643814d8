import type { Socket, SocketHandlers } from '../../src/platform.ts';
import type { Random } from './random.ts';
import type { Schedule } from './schedule.ts';
import type { Trace } from './trace.ts';

/** What lies between one device and one relay. Delays in milliseconds, chances per frame. */
export interface Path {
  toRelay: boolean;
  toDevice: boolean;
  /** The relay's machine answers, and refuses. */
  refuses: boolean;
  delay: number;
  resets: number;
  doubles: number;
}

/** A relay as the network sees it. */
export interface Listener {
  readonly name: string;
  readonly isUp: boolean;
  accept(connection: Connection): boolean;
  receive(connection: Connection, text: string): void;
  gone(connection: Connection): void;
}

/** The half of a connection that a device holds: its handlers run only while the tab lives. */
export interface Caller {
  readonly name: string;
  readonly address: string;
  readonly path: (relay: string) => Path;
  readonly relay: (url: string) => Listener;
  guard(task: () => void): void;
}

const HALF_OPEN_MS = 50_000;

/** One WebSocket over a path: in order, or not at all; a lost frame dooms all later ones. */
export class Connection {
  readonly caller: Caller;
  readonly listener: Listener;
  #network: Network;
  #handlers: SocketHandlers;
  #path: Path;
  #callerDone = false;
  #listenerDone = true;
  #doomed = false;
  #lastToRelay = 0;
  #lastToDevice = 0;

  constructor(network: Network, caller: Caller, listener: Listener, handlers: SocketHandlers) {
    this.#network = network;
    this.caller = caller;
    this.listener = listener;
    this.#handlers = handlers;
    this.#path = caller.path(listener.name);
    network.schedule.after(this.#delay(), () => this.#arrive());
  }

  #arrive(): void {
    if (this.#callerDone || !this.#path.toRelay || !this.#path.toDevice) return;
    const accepted = this.listener.isUp && !this.#path.refuses;
    if (!accepted) {
      this.#endCaller('refused');
      return;
    }
    this.#network.schedule.after(this.#delay(), () => {
      if (this.#callerDone || !this.#path.toDevice) return;
      if (!this.listener.isUp) {
        this.#endCaller('refused');
        return;
      }
      this.#listenerDone = false;
      // What the relay says at once must come after the news that the socket is open.
      this.caller.guard(() => this.#handlers.opened());
      if (!this.listener.accept(this)) this.cut('too many connections');
    });
  }

  /** From the device. */
  send(text: string): void {
    if (this.#callerDone || !this.#mayPass(this.#path.toRelay)) return;
    const { schedule, random } = this.#network;
    const deliver = () => {
      if (this.#listenerDone) return;
      this.#network.trace.note(schedule.now, `${this.caller.name} > ${this.listener.name}`, text);
      this.listener.receive(this, text);
    };
    this.#lastToRelay = Math.max(this.#lastToRelay, schedule.now + this.#delay());
    for (let copies = random.chance(this.#path.doubles) ? this.#network.doubled() : 1; copies > 0; copies--) {
      schedule.after(this.#lastToRelay - schedule.now, deliver, true);
    }
  }

  /** From the relay. */
  answer(text: string): void {
    if (this.#listenerDone || !this.#mayPass(this.#path.toDevice)) return;
    const { schedule, random } = this.#network;
    const deliver = () => {
      if (this.#callerDone) return;
      this.#network.trace.note(schedule.now, `${this.listener.name} > ${this.caller.name}`, text);
      this.#handlers.message(text);
    };
    this.#lastToDevice = Math.max(this.#lastToDevice, schedule.now + this.#delay());
    for (let copies = random.chance(this.#path.doubles) ? this.#network.doubled() : 1; copies > 0; copies--) {
      schedule.after(this.#lastToDevice - schedule.now, () => this.caller.guard(deliver));
    }
  }

  /** The device lets go; the relay hears of it, at the latest by its own pings. */
  close(): void {
    if (this.#callerDone) return;
    this.#endCaller('closed by this side');
    const reachable = this.#path.toRelay && !this.#doomed;
    this.#network.schedule.after(reachable ? this.#delay() : HALF_OPEN_MS, () => this.#endListener(), true);
  }

  /** The relay lets go, or dies; a device that cannot hear it finds out by itself. */
  drop(reason: string): void {
    this.#endListener();
    if (this.#path.toDevice && !this.#doomed) {
      this.#network.schedule.after(this.#delay(), () => this.#endCaller(reason));
    }
  }

  /** Broken on the way. */
  cut(reason: string): void {
    this.#network.schedule.after(0, () => this.#endListener(), true);
    this.#network.schedule.after(0, () => this.#endCaller(reason));
  }

  #mayPass(isOpen: boolean): boolean {
    if (!isOpen) this.#doomed = true;
    if (this.#doomed) return false;
    if (!this.#network.random.chance(this.#path.resets)) return true;
    this.#network.count('connection reset with frames on the way');
    this.#doomed = true;
    this.cut('reset');
    return false;
  }

  #endCaller(reason: string): void {
    if (this.#callerDone) return;
    this.#callerDone = true;
    this.caller.guard(() => this.#handlers.closed(reason));
  }

  #endListener(): void {
    if (this.#listenerDone) return;
    this.#listenerDone = true;
    this.listener.gone(this);
  }

  #delay(): number {
    return 1 + this.#network.random.below(this.#path.delay);
  }
}

export class Network {
  readonly schedule: Schedule;
  readonly random: Random;
  readonly trace: Trace;
  readonly count: (fault: string) => void;

  constructor(schedule: Schedule, random: Random, trace: Trace, count: (fault: string) => void) {
    this.schedule = schedule;
    this.random = random;
    this.trace = trace;
    this.count = count;
  }

  /** The client's side of a new connection, for `Platform.socket`. */
  open(caller: Caller, url: string, handlers: SocketHandlers): Socket & { readonly connection: Connection } {
    const connection = new Connection(this, caller, caller.relay(url), handlers);
    return {
      connection,
      send: (text) => connection.send(text),
      close: () => connection.close(),
      buffered: 0,
    };
  }

  doubled(): number {
    this.count('frame doubled');
    return 2;
  }
}

export function openPath(delay: number): Path {
  return { toRelay: true, toDevice: true, refuses: false, delay, resets: 0, doubles: 0 };
}
