import type { SignedEvent } from '../../model/event.ts';

/** A NIP-01 filter after checking; absent means "any". */
export interface Filter {
  readonly ids?: readonly string[];
  readonly authors?: readonly string[];
  readonly kinds?: readonly number[];
  readonly since?: number;
  readonly until?: number;
  readonly limit?: number;
  /** Wanted values by tag letter. */
  readonly tags: ReadonlyMap<string, readonly string[]>;
}

const HEX_64 = /^[0-9a-f]{64}$/;

/** The filter in `value`, or a sentence that says what is wrong with it. */
export function parseFilter(value: unknown): Filter | string {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'a filter is not an object';
  const tags = new Map<string, readonly string[]>();
  const filter: { -readonly [Key in keyof Filter]: Filter[Key] } = { tags };
  for (const [key, wanted] of Object.entries(value as Record<string, unknown>)) {
    if (key === 'ids' || key === 'authors') {
      if (!isListOf(wanted, isHex)) return `${key} is not a list of 64 lower-case hex digits each`;
      filter[key] = wanted;
    } else if (key === 'kinds') {
      if (!isListOf(wanted, isCount)) return 'kinds is not a list of whole numbers';
      filter.kinds = wanted;
    } else if (key === 'since' || key === 'until' || key === 'limit') {
      if (!isCount(wanted)) return `${key} is not a whole number`;
      filter[key] = wanted;
    } else if (/^#[a-zA-Z]$/.test(key)) {
      if (!isListOf(wanted, isText)) return `${key} is not a list of texts`;
      tags.set(key.slice(1), wanted);
    } else {
      return `a filter has no "${key.slice(0, 20)}" here`;
    }
  }
  return filter;
}

/** Whether `event` is asked for; `limit` is not looked at, for it only counts stored events. */
export function matches(filter: Filter, event: SignedEvent): boolean {
  if (filter.ids !== undefined && !filter.ids.includes(event.id)) return false;
  if (filter.authors !== undefined && !filter.authors.includes(event.pubkey)) return false;
  if (filter.kinds !== undefined && !filter.kinds.includes(event.kind)) return false;
  if (filter.since !== undefined && event.created_at < filter.since) return false;
  if (filter.until !== undefined && event.created_at > filter.until) return false;
  return [...filter.tags].every(([name, wanted]) =>
    event.tags.some((tag) => tag[0] === name && wanted.includes(tag[1] ?? '')),
  );
}

function isListOf<Item>(value: unknown, is: (item: unknown) => item is Item): value is Item[] {
  return Array.isArray(value) && value.every(is);
}

function isHex(value: unknown): value is string {
  return typeof value === 'string' && HEX_64.test(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
