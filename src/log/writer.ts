import { type Hlc, isoTime, nextHlc } from '../model/clock.ts';
import type { EventTemplate, SignedEvent } from '../model/event.ts';
import type { Roster } from '../model/roster.ts';
import type { Platform } from '../platform.ts';
import type { Copy } from './copy.ts';
import { type Signer, signer } from './event.ts';
import { createFrontier } from './frontier.ts';
import type { Announcement, Entry, Position } from './log-contract.ts';
import { slotOf } from './store/slot.ts';
import type { Tip } from './store/store.ts';

/** This device's pen: holds the key while unlocked, and knows what the next event follows. */
export interface Writer {
  /** null locks. */
  setKey(secretKey: Uint8Array | null): void;
  readonly pubkey: string | null;
  /** Signs the next event of a chain and stores it, in one transaction. */
  append(entry: Entry): Promise<SignedEvent>;
  /** Signs an addressable event, later than the own last one in its place. */
  sign(announcement: Announcement): SignedEvent;
  close(): void;
}

export interface WriterOptions {
  readonly org: string;
  readonly copy: Copy;
  readonly platform: Platform;
  readonly signer?: Signer | undefined;
  readonly roster: () => Roster;
  /** Waits, for a short while, until relays have told a device that lost its copy where its chains end. */
  readonly learnTips: () => Promise<unknown>;
}

export function createWriter(options: WriterOptions): Writer {
  const { org, copy, platform, roster, learnTips } = options;
  const { publicKeyOf, signEvent } = options.signer ?? signer;
  const frontier = createFrontier();
  frontier.add(copy.held.all());
  const end = copy.onEvents(frontier.add);
  let key: Uint8Array | null = null;
  // Worked out once: a page asks for it at every line that it draws.
  let publicKey: string | null = null;
  let lastHlc: Hlc = [0, 0];

  function unlockedKey(): Uint8Array {
    if (key === null) throw new Error('This device is locked: unlock it before writing.');
    return key;
  }

  function positionAfter(tip: Tip): Position {
    const now = platform.now();
    lastHlc = nextHlc(now, [lastHlc, ...frontier.clocks()]);
    const { keys } = roster();
    return { hlc: lastHlc, parents: frontier.parents(({ pubkey }) => keys.has(pubkey)), tip, at: isoTime(now) };
  }

  function seal(template: EventTemplate, secretKey: Uint8Array): SignedEvent {
    return signEvent({ ...template, tags: [['o', org], ...template.tags] }, secretKey);
  }

  return {
    setKey: (secretKey) => {
      key = secretKey;
      publicKey = secretKey === null ? null : publicKeyOf(secretKey);
    },
    get pubkey() {
      return publicKey;
    },
    append: async ({ kind, d, content, tags = [] }) => {
      const secretKey = unlockedKey();
      const pubkey = publicKeyOf(secretKey);
      if (!copy.held.knows(pubkey)) await learnTips();
      return copy.append({ pubkey, d }, (tip) => {
        const text = typeof content === 'string' ? content : content(positionAfter(tip));
        const previous = tip.id === null ? [] : [['e', tip.id, '', 'prev']];
        const place = [['d', d], ['s', String(tip.s + 1)], ...previous, ...tags];
        return seal({ kind, content: text, tags: place, created_at: seconds(platform) }, secretKey);
      });
    },
    sign: ({ kind, d, content }) => {
      const secretKey = unlockedKey();
      const slot = `${kind}:${publicKeyOf(secretKey)}:${d}`;
      const last = copy.held.hints().find((hint) => slotOf(hint) === slot);
      const created_at = Math.max(seconds(platform), (last?.created_at ?? 0) + 1);
      return seal({ kind, content, tags: [['d', d]], created_at }, secretKey);
    },
    close: end,
  };
}

function seconds(platform: Platform): number {
  return Math.floor(platform.now() / 1000);
}
