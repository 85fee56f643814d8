import { type Hlc, isoTime, nextHlc } from '../model/clock.ts';
import { chainName, type EventTemplate, KIND, organisation, type SignedEvent } from '../model/event.ts';
import { foldRoster, type Roster } from '../model/roster.ts';
import type { Platform } from '../platform.ts';
import { canonical } from './canonical.ts';
import { openChannel } from './channel-driver.ts';
import { type Ingested, openCopy } from './copy.ts';
import { publicKeyOf, signEvent, type Verified } from './event.ts';
import { createFrontier } from './frontier.ts';
import type { LinkView } from './relay-link.ts';
import type { LogStore, Tip } from './store.ts';
import { isAllThatCanBe, isInStep, waitForLinks } from './wait-for-links.ts';

/** Where the next event of a chain stands. */
export interface Position {
  /** After every clock that this log has seen in public events, and after every own one. */
  readonly hlc: Hlc;
  /** Heads of the public log, at most 16; a room works out its own. */
  readonly parents: readonly string[];
  readonly tip: Tip;
  readonly at: string;
}

export interface Entry {
  readonly kind: number;
  readonly d: string;
  /** Text, or what makes it once the position is known; synchronous, since it runs inside the transaction. */
  readonly content: string | ((position: Position) => string);
  readonly tags?: readonly (readonly string[])[];
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
  announce(entry: { readonly kind: number; readonly d: string; readonly content: string }): Promise<SignedEvent>;
  /** Takes in events from any carrier: the root's paper, a file, a link. They are verified, stored and sent on. */
  add(values: readonly unknown[]): Promise<Ingested>;
  /** True when every reachable relay and this device hold the same; false when that takes longer than `timeoutMs`. */
  whenSynced(timeoutMs: number): Promise<boolean>;
  /** What is wrong with this device's copy, one plain sentence each. */
  damage(): Promise<readonly string[]>;
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
  /** A faster signature check than the built-in one, where there is one. */
  readonly verify?: (value: unknown, org: string) => Verified;
}

const GATHER_MS = 50;
/** A device that lost its copy learns its own chain from a relay before it writes, if one answers in this time. */
const TIPS_MS = 3_000;

/** Opens the log: reads the device's copy, then keeps every relay in step with it until `close`. */
export async function openLog({ root, relays, store, platform, verify }: LogOptions): Promise<Log> {
  const org = organisation(root);
  const sleep = (ms: number) => new Promise<void>((resolve) => platform.after(ms, resolve));
  const copy = await openCopy({
    org,
    store,
    pause: () => sleep(0),
    gather: () => sleep(GATHER_MS),
    ...(verify === undefined ? {} : { verify }),
  });
  const frontier = createFrontier();
  frontier.add(copy.held.all());
  let roster: Roster | undefined;
  let key: Uint8Array | null = null;
  let lastHlc: Hlc = [0, 0];
  const endFrontier = copy.onEvents((added) => {
    frontier.add(added);
    // What a removed key wrote before its cut may come late, and then opens the way to what it names.
    const matters = ({ kind, pubkey }: SignedEvent) =>
      kind === KIND.roster || kind === KIND.key || roster?.removed.has(pubkey) === true;
    if (added.some(matters)) roster = undefined;
  });
  const channel = openChannel({ org, relays, copy, platform });

  function rosterNow(): Roster {
    roster ??= foldRoster(copy.held.all(), root);
    return roster;
  }

  function keyNow(): Uint8Array {
    if (key === null) throw new Error('This device is locked: unlock it before writing.');
    return key;
  }

  function positionAfter(tip: Tip): Position {
    const now = platform.now();
    lastHlc = nextHlc(now, [lastHlc, ...frontier.clocks()]);
    const { keys } = rosterNow();
    return { hlc: lastHlc, parents: frontier.parents(({ pubkey }) => keys.has(pubkey)), tip, at: isoTime(now) };
  }

  async function append({ kind, d, content, tags = [] }: Entry): Promise<SignedEvent> {
    const secretKey = keyNow();
    const pubkey = publicKeyOf(secretKey);
    if (!copy.held.all().some((event) => event.pubkey === pubkey)) {
      await waitForLinks(channel, platform, TIPS_MS, isAllThatCanBe);
    }
    const event = await copy.append({ pubkey, d }, (tip) => {
      const text = typeof content === 'string' ? content : content(positionAfter(tip));
      const previous = tip.id === null ? [] : [['e', tip.id, '', 'prev']];
      return sign({ kind, content: text, tags: [['d', d], ['s', String(tip.s + 1)], ...previous, ...tags] }, secretKey);
    });
    channel.publish([event]);
    return event;
  }

  function sign(entry: Omit<EventTemplate, 'created_at'>, secretKey: Uint8Array, createdAt?: number): SignedEvent {
    const created_at = createdAt ?? Math.floor(platform.now() / 1000);
    return signEvent({ ...entry, created_at, tags: [['o', org], ...entry.tags] }, secretKey);
  }

  async function add(values: readonly unknown[]): Promise<Ingested> {
    const ingested = await copy.ingest(values);
    channel.publish(ingested.valid);
    return ingested;
  }

  return {
    org,
    root,
    platform,
    events: copy.held.all,
    roster: rosterNow,
    onEvents: copy.onEvents,
    receipts: copy.receipts.of,
    onReceipts: copy.receipts.onChange,
    links: channel.links,
    onLinks: channel.onChange,
    unlock: (secretKey) => {
      key = secretKey;
      channel.setSigner(secretKey);
    },
    lock: () => {
      key = null;
      channel.setSigner(null);
    },
    get pubkey() {
      return key === null ? null : publicKeyOf(key);
    },
    append,
    writePublic: (type, body) =>
      append({
        kind: KIND.public,
        d: chainName.status(org),
        content: ({ hlc, parents, at }) => canonical({ v: 1, type, hlc, parents, at, body }),
      }),
    announce: async ({ kind, d, content }) => {
      const secretKey = keyNow();
      const pubkey = publicKeyOf(secretKey);
      const last = copy.held.hints().find((hint) => hint.pubkey === pubkey && hint.kind === kind && hasName(hint, d));
      const createdAt = Math.max(Math.floor(platform.now() / 1000), (last?.created_at ?? 0) + 1);
      const event = sign({ kind, content, tags: [['d', d]] }, secretKey, createdAt);
      await add([event]);
      return event;
    },
    add,
    whenSynced: (timeoutMs) => waitForLinks(channel, platform, timeoutMs, isInStep),
    damage: copy.damage,
    wake: channel.wake,
    close: async () => {
      channel.close();
      endFrontier();
      await copy.close();
    },
  };
}

function hasName(event: SignedEvent, d: string): boolean {
  return event.tags.some((tag) => tag[0] === 'd' && tag[1] === d);
}
