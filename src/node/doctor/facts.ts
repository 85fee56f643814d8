import type { Claim } from '../../model/freshness.ts';
import type { Subject } from '../../model/pulse.ts';

/** An answer, or why there is none. */
export type Known<Value> =
  | { readonly type: 'known'; readonly value: Value }
  | { readonly type: 'unknown'; readonly why: string };

/** `page`, `mirror` and `relay` are ours; `watched` is what the page reports on. */
export type Part = 'page' | 'mirror' | 'relay' | 'watched';

export interface Certificate {
  readonly issuer: string;
  /** ISO 8601. */
  readonly expires_at: string;
  /** Why a browser would refuse it; null where it would not. */
  readonly refused: string | null;
}

/** Where a part lives, and who is behind that. */
export interface HostFacts {
  readonly part: Part;
  /** As it is written in site.yaml. */
  readonly address: string;
  readonly host: string;
  /** What is registered, such as example.com; null for an IP address or a name of this machine alone. */
  readonly domain: string | null;
  readonly addresses: Known<readonly string[]>;
  /** Registered domains of the name servers, or who was told to run them; none where there is no domain. */
  readonly dns: Known<readonly string[]>;
  /** Null where it is not asked for: no TLS, or not ours. */
  readonly certificate: Known<Certificate> | null;
  /** Null where there is no domain, or it is not ours. */
  readonly registrar: Known<string> | null;
  readonly cloud: Known<string>;
  /** Plain HTTP over a network that is not this machine's own. */
  readonly exposed: boolean;
}

export interface HeaderFact {
  readonly path: string;
  readonly name: string;
  /** What was sent instead; null: nothing. */
  readonly found: string | null;
}

/** Whether a publisher of this organisation signed it; only then its times mean anything. */
export type SnapshotFact = ({ readonly signed: true } & Claim) | { readonly signed: false };

/** What a copy of the site answers. */
export interface SiteFacts {
  readonly part: 'page' | 'mirror';
  readonly address: string;
  /** The root key that its pages name; null where they name none. */
  readonly root: Known<string | null>;
  readonly snapshot: Known<SnapshotFact | null>;
  readonly shared: Known<boolean>;
  /** Status of a path that is not there, and under /api/, and whether that one is JSON. */
  readonly missing: Known<{ readonly page: number; readonly api: number; readonly json: boolean }>;
  /** Headers that are not as this version wants them. */
  readonly headers: Known<readonly HeaderFact[]>;
}

export interface RelayFacts {
  readonly address: string;
  readonly health: Known<{ readonly ok: boolean; readonly org: string }>;
}

/** Living keys, counted by the person, vantage or machine that falls with them. */
export interface PeopleFacts {
  readonly admins: number;
  readonly watchers: number;
  readonly publishers: number;
}

/** A watcher, by where it looks from. */
export interface WatcherFacts {
  readonly vantage: string;
  /** The parts of its pulse as relays hold them; none where no relay that answered holds one. ISO 8601. */
  readonly parts: readonly {
    readonly at: string;
    readonly valid_until: string;
    readonly subjects: readonly Subject[];
  }[];
}

/** A component or vendor for which site.yaml has a probe. */
export interface ProbedFact {
  readonly subject: Subject;
  readonly name: string;
}

export interface Facts {
  readonly root: string;
  readonly org: string;
  readonly hosts: readonly HostFacts[];
  readonly sites: readonly SiteFacts[];
  readonly relays: readonly RelayFacts[];
  readonly people: Known<PeopleFacts>;
  readonly watchers: Known<readonly WatcherFacts[]>;
  readonly probed: readonly ProbedFact[];
  /** Of which hosts hosting.yaml speaks, but for those that site.yaml names as ours. */
  readonly told: readonly string[];
  /** Channels of people.yaml, and the day on which each was last tried. */
  readonly ladder: readonly { readonly channel: string; readonly last_tested: string | null }[];
}

export function known<Value>(value: Value): Known<Value> {
  return { type: 'known', value };
}

export function unknown(why: string): { readonly type: 'unknown'; readonly why: string } {
  return { type: 'unknown', why };
}

/** `relay.example.net` of `the relay relay.example.net`. */
export function nameOf({ part, address }: { readonly part: Part | 'relay'; readonly address: string }): string {
  return `the ${part === 'watched' ? 'watched' : part} ${address.replace(/^\w+:\/\//, '').replace(/\/$/, '')}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(names: readonly string[]): string {
  return names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
