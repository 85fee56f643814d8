/** A NIP-01 event: seven fields, content-addressed by `id`, signed by `pubkey` (BIP-340 over the SHA-256 id). */
export interface SignedEvent {
  readonly id: string;
  readonly pubkey: string;
  /** Unix seconds by the writer's clock; for regular kinds it means nothing. */
  readonly created_at: number;
  readonly kind: number;
  readonly tags: readonly (readonly string[])[];
  readonly content: string;
  readonly sig: string;
}

/** What is signed: everything but the author, the id and the signature. */
export type EventTemplate = Pick<SignedEvent, 'created_at' | 'kind' | 'tags' | 'content'>;

/** The kinds of DESIGN §4. Regular kinds are the log; addressable kinds (33914, 33915) are hints. */
export const KIND = {
  join: 3910,
  roster: 3911,
  key: 3912,
  sealed: 3913,
  public: 3914,
  pulse: 33914,
  snapshot: 33915,
} as const;

/** First value of the first tag called `name`, or undefined. */
export function tagValue(event: Pick<SignedEvent, 'tags'>, name: string): string | undefined {
  return event.tags.find((tag) => tag[0] === name)?.[1];
}

/** Own previous event in the author's chain: the `e` tag with the marker `prev`. */
export function previousId(event: Pick<SignedEvent, 'tags'>): string | undefined {
  return event.tags.find((tag) => tag[0] === 'e' && tag[3] === 'prev')?.[1];
}

/** Position in the author's chain for its `d`: 1, 2, 3 …; undefined where the event carries none (the root's). */
export function chainPosition(event: Pick<SignedEvent, 'tags'>): number | undefined {
  const value = tagValue(event, 's');
  return value !== undefined && /^[1-9]\d{0,14}$/.test(value) ? Number(value) : undefined;
}

/** The organisation's name in events: the first 32 hex digits of the first root key. A name, never a proof. */
export function organisation(rootKey: string): string {
  return rootKey.slice(0, 32);
}

/** The `d` tags of DESIGN §4. */
export const chainName = {
  join: (org: string) => `lb1:${org}:join`,
  roster: (org: string) => `lb1:${org}:roster`,
  status: (org: string) => `lb1:${org}:status`,
  room: (room: string) => `lb1:${room}`,
  /** A pulse that fits one event is its own first part. */
  pulse: (org: string, vantage: string, part = 1) => `lb1:${org}:pulse:${vantage}${part === 1 ? '' : `:${part}`}`,
  snapshot: (org: string) => `lb1:${org}:snapshot`,
} as const;
