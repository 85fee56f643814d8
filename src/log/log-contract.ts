import type { Hlc, IsoTime } from '../model/clock.ts';
import type { SignedEvent } from '../model/event.ts';
import type { Roster } from '../model/roster.ts';
import type { Platform } from '../platform.ts';
import type { LinkView } from './channel/link-view.ts';
import type { UploadTurn } from './channel/upload-turn.ts';
import type { Verify } from './check.ts';
import type { Ingested } from './copy.ts';
import type { Signer } from './event.ts';
import type { Damage, StoreMode } from './store/damage.ts';
import type { LogStore, Tip } from './store/store.ts';

/** Where the next event of a chain stands. */
export interface Position {
  /** After every clock that this log has seen in public events, and after every own one. */
  readonly hlc: Hlc;
  /** Heads of the public log, at most 16; a room works out its own. */
  readonly parents: readonly string[];
  readonly tip: Tip;
  /** What this device's clock says. */
  readonly at: IsoTime;
}

export interface Entry {
  readonly kind: number;
  readonly d: string;
  /** Text, or what makes it once the position is known; synchronous, since it runs inside the transaction. */
  readonly content: string | ((position: Position) => string);
  readonly tags?: readonly (readonly string[])[];
}

export interface Announcement {
  readonly kind: number;
  readonly d: string;
  readonly content: string;
}

/** The organisation's log on this device: everything that stores, commands, watcher and publisher do goes through it. */
export interface Log {
  readonly org: string;
  readonly root: string;
  readonly platform: Platform;
  /** Every held event, addressable ones too. The same array until something is added. */
  events(): readonly SignedEvent[];
  roster(): Roster;
  onEvents(listener: (added: readonly SignedEvent[]) => void): () => void;
  /** Relays that are known to hold the event. */
  receipts(id: string): readonly string[];
  onReceipts(listener: (ids: readonly string[]) => void): () => void;
  links(): readonly LinkView[];
  onLinks(listener: () => void): () => void;
  /** Lets this device sign, and read sealed kinds. */
  unlock(secretKey: Uint8Array): void;
  lock(): void;
  /** The unlocked device's public key; null while locked. */
  readonly pubkey: string | null;
  /** Chains, signs, stores strictly, then sends. Resolves when the event is on this device. Throws while locked. */
  append(entry: Entry): Promise<SignedEvent>;
  /** Appends a 3914 of `type`. */
  writePublic(type: string, body: unknown): Promise<SignedEvent>;
  /** Signs, stores and sends an addressable event, newer than the own last one in its place. */
  announce(entry: Announcement): Promise<SignedEvent>;
  /** Takes in events from any carrier: the root's paper, a file, a link. They are verified, stored and sent on. */
  add(values: readonly unknown[]): Promise<Ingested>;
  /** True when every reachable relay and this device hold the same; false when that takes longer than `timeoutMs`. */
  whenSynced(timeoutMs: number): Promise<boolean>;
  /** What is wrong with this device's copy, after an attempt to mend it; empty when nothing is. */
  damage(): Promise<readonly Damage[]>;
  /** Where this device's copy is kept: whether what is written outlives the process. */
  mode(): StoreMode;
  wake(): void;
  close(): Promise<void>;
}

export interface LogOptions {
  /** The organisation's root public key. */
  readonly root: string;
  /** WebSocket addresses. */
  readonly relays: readonly string[];
  readonly store: LogStore;
  readonly platform: Platform;
  /** Another check than the built-in one: a faster one, or a pool of workers. */
  readonly verify?: Verify;
  /** Whether this tab uploads at once; default: always. */
  readonly uploadTurn?: UploadTurn;
  /** Signs instead of BIP-340: for simulators, whose events no real relay believes. */
  readonly signer?: Signer;
}
