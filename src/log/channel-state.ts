import type { SignedEvent } from '../model/event.ts';
import type { Held, SetName } from './held.ts';

/** Milliseconds. Each is a promise of the fault table: a dead relay is known within 10 s and tried again within 30 s. */
export const LIMIT = {
  connect: 5_000,
  answer: 10_000,
  answerOnWake: 3_000,
  quiet: 10_000,
  progress: 30_000,
  again: 250,
  repeat: 60_000,
  firstRetry: 500,
  lastRetry: 30_000,
} as const;

/** Events sent and not yet answered; ids in one REQ (strfry allows 500 per filter). */
export const WINDOW = 64;
export const BATCH = 400;

export type Frame = readonly unknown[];

/** NIP-42 on one connection. */
export type Auth =
  | { readonly type: 'none' }
  | { readonly type: 'challenged'; readonly challenge: string }
  | { readonly type: 'asked'; readonly challenge: string; readonly id: string }
  | { readonly type: 'done'; readonly challenge: string }
  | { readonly type: 'refused'; readonly challenge: string; readonly reason: string };

/** Reconciliation of one set with one relay. `differences` is how many ids the last finished round found. */
export type Sync =
  | { readonly type: 'off' }
  | { readonly type: 'idle'; readonly nextAt: number; readonly differences: number }
  | Comparing
  | Paging
  | {
      readonly type: 'fetching';
      readonly need: readonly string[];
      readonly found: number;
      readonly before: number;
      readonly progressAt: number;
    }
  | { readonly type: 'refused'; readonly reason: string; readonly nextAt: number };

/** NIP-77 under way. Only the first `upTo` events that came were held when it began. */
export interface Comparing {
  readonly type: 'comparing';
  readonly upTo: number;
  readonly have: readonly string[];
  readonly need: readonly string[];
  readonly rounds: number;
  readonly before: number;
  readonly progressAt: number;
}

/** The way for relays without NIP-77: all their events of the set are read in pages, newest first. */
export interface Paging {
  readonly type: 'paging';
  readonly upTo: number;
  readonly theirs: ReadonlySet<string>;
  /** New ids of the page under way. */
  readonly page: readonly string[];
  readonly oldest: number;
  readonly until: number | null;
  readonly before: number;
  readonly progressAt: number;
}

export interface Upload {
  readonly queue: readonly string[];
  readonly inFlight: ReadonlyMap<string, number>;
  /** Refused for now; sent again at `retryAt`. */
  readonly later: readonly string[];
  readonly retryAt: number | null;
  readonly retries: number;
  /** Refused until this device is authenticated, or until the roster changes. */
  readonly parked: readonly string[];
  readonly rosterSent: boolean;
}

/** One relay as this device sees it. Plain data: `step` makes the next one. */
export interface Link {
  readonly org: string;
  readonly phase: 'waiting' | 'connecting' | 'open' | 'closed';
  readonly reason: string | null;
  readonly attempt: number;
  /** When to try again (waiting) or to give up (connecting). */
  readonly dueAt: number;
  readonly heardAt: number;
  /** Until when something must be heard; null when nothing is asked. */
  readonly answerBy: number | null;
  readonly unlocked: boolean;
  readonly auth: Auth;
  readonly sync: Readonly<Record<SetName, Sync>>;
  /** Whether the last finished comparison found nothing that could still be exchanged. */
  readonly settled: Readonly<Record<SetName, boolean>>;
  /** False once the relay has shown that it knows no NIP-77. */
  readonly negentropy: boolean;
  /** Ids of the addressable events that the relay showed; null once the question is answered. */
  readonly hints: ReadonlySet<string> | null;
  readonly upload: Upload;
  /** Never sent to this relay again, and why. */
  readonly refused: ReadonlyMap<string, string>;
}

export type Input =
  | { readonly type: 'tick' | 'opened' | 'heard' | 'wake' | 'roster' | 'close' }
  | { readonly type: 'closed'; readonly reason: string }
  | { readonly type: 'frame'; readonly frame: Frame }
  /** A verified event that the relay sent under a subscription. */
  | { readonly type: 'event'; readonly subscription: string; readonly event: SignedEvent }
  | { readonly type: 'publish'; readonly ids: readonly string[] }
  | { readonly type: 'lock'; readonly unlocked: boolean }
  /** The signed answer to a challenge (kind 22242). */
  | { readonly type: 'signed'; readonly event: SignedEvent };

export type Output =
  | { readonly type: 'connect' | 'disconnect' }
  | { readonly type: 'send'; readonly frame: Frame }
  | { readonly type: 'sign'; readonly challenge: string }
  | { readonly type: 'stored'; readonly ids: readonly string[] }
  /** Of the first `upTo` events of the set, the relay lacks exactly these. */
  | { readonly type: 'compared'; readonly set: SetName; readonly upTo: number; readonly lacking: readonly string[] };

/** What a step may look at, and where it leaves what is to be done. */
export interface Turn {
  readonly now: number;
  /** From 0 up to 1. */
  readonly random: () => number;
  readonly held: Held;
  /** Held ids of the set that this relay is not known to hold. */
  readonly unreceipted: (set: SetName) => readonly string[];
  readonly outputs: Output[];
}

export const NO_UPLOAD: Upload = {
  queue: [],
  inFlight: new Map(),
  later: [],
  retryAt: null,
  retries: 0,
  parked: [],
  rosterSent: false,
};

/** A link that connects at its first tick. */
export function newLink(org: string): Link {
  return {
    org,
    phase: 'waiting',
    reason: null,
    attempt: 0,
    dueAt: 0,
    heardAt: 0,
    answerBy: null,
    unlocked: false,
    auth: { type: 'none' },
    sync: { open: { type: 'off' }, sealed: { type: 'off' } },
    settled: { open: false, sealed: false },
    negentropy: true,
    hints: null,
    upload: NO_UPLOAD,
    refused: new Map(),
  };
}

/** Sends a frame that the relay must answer, so that silence is noticed. */
export function ask(link: Link, frame: Frame, turn: Turn): Link {
  turn.outputs.push({ type: 'send', frame });
  return { ...link, answerBy: link.answerBy ?? turn.now + LIMIT.answer };
}

export function tell(link: Link, frame: Frame, turn: Turn): Link {
  turn.outputs.push({ type: 'send', frame });
  return link;
}

export function withSync(link: Link, set: SetName, sync: Sync): Link {
  return { ...link, sync: { ...link.sync, [set]: sync } };
}
