import type { SetName } from '../held.ts';

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
      /** Of the batch under way, what came and was not let in: no roster names its author. */
      readonly strangers: readonly string[];
    }
  | { readonly type: 'refused'; readonly reason: string; readonly nextAt: number };

/** A comparison under way. Only the first `upTo` events that came were held when it began. */
export interface Round {
  readonly upTo: number;
  /** How many differences the round before found. */
  readonly before: number;
  /** When the relay last went on with it. */
  readonly progressAt: number;
}

/** By NIP-77. */
export interface Comparing extends Round {
  readonly type: 'comparing';
  readonly have: readonly string[];
  readonly need: readonly string[];
  readonly rounds: number;
}

/** The way for relays without NIP-77: all their events of the set are read in pages, newest first. */
export interface Paging extends Round {
  readonly type: 'paging';
  readonly theirs: ReadonlySet<string>;
  /** New ids of the page under way. */
  readonly page: readonly string[];
  readonly oldest: number;
  readonly until: number | null;
}

export interface Upload {
  readonly queue: readonly string[];
  readonly inFlight: ReadonlyMap<string, number>;
  /** Refused for now; sent again at `retryAt`. */
  readonly later: readonly string[];
  readonly retryAt: number | null;
  readonly retries: number;
  /** Refused until this device is authenticated, or until the roster changes. */
  readonly parked: ReadonlyMap<string, string>;
  readonly rosterSent: boolean;
}

/** One relay as this device sees it. Plain data: `step` makes the next one. */
export interface Link {
  readonly org: string;
  readonly phase: 'waiting' | 'connecting' | 'open' | 'closed';
  readonly reason: string | null;
  readonly attempt: number;
  /** When the last step was taken, by the clock of that time. */
  readonly steppedAt: number;
  /** When to try again (waiting) or to give up (connecting). */
  readonly dueAt: number;
  readonly heardAt: number;
  /** Until when something must be heard; null when nothing is asked. */
  readonly answerBy: number | null;
  readonly unlocked: boolean;
  /** Whether the relay tells of new events by itself; else they are found by comparing more often. */
  readonly isLive: boolean;
  readonly auth: Auth;
  readonly sync: Readonly<Record<SetName, Sync>>;
  /** Whether the last finished comparison found nothing that could still be exchanged. */
  readonly settled: Readonly<Record<SetName, boolean>>;
  /** False once the relay has shown that it knows no NIP-77. */
  readonly negentropy: boolean;
  /** Ids of the addressable events that the relay showed; null once the question is answered. */
  readonly hints: ReadonlySet<string> | null;
  readonly upload: Upload;
  /** The sealed event by which a relay that lets nobody compare is asked whether it lost any; once on each connection. */
  readonly probe: { readonly type: 'due' | 'done' } | { readonly type: 'asked'; readonly id: string };
  /** Never sent to this relay again, and why. */
  readonly refused: ReadonlyMap<string, string>;
  /** Ids that this relay sent and that were not let in: not asked for again until the roster changes. */
  readonly strangers: ReadonlySet<string>;
}

export const NO_UPLOAD: Upload = {
  queue: [],
  inFlight: new Map(),
  later: [],
  retryAt: null,
  retries: 0,
  parked: new Map(),
  rosterSent: false,
};

/** A link that connects at its first tick. */
export function newLink(org: string): Link {
  return {
    org,
    phase: 'waiting',
    reason: null,
    attempt: 0,
    steppedAt: 0,
    dueAt: 0,
    heardAt: 0,
    answerBy: null,
    unlocked: false,
    isLive: true,
    auth: { type: 'none' },
    sync: { open: { type: 'off' }, sealed: { type: 'off' } },
    settled: { open: false, sealed: false },
    negentropy: true,
    hints: null,
    upload: NO_UPLOAD,
    probe: { type: 'due' },
    refused: new Map(),
    strangers: new Set(),
  };
}

export function withSync(link: Link, set: SetName, sync: Sync): Link {
  return { ...link, sync: { ...link.sync, [set]: sync } };
}
