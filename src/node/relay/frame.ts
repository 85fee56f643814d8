import { misfitOfKeys } from './event-keys.ts';
import { type Filter, parseFilter } from './filter.ts';

/** What a client may say (NIP-01, 42, 77). `invalid` carries the whole answer. */
export type Frame =
  | { readonly type: 'event' | 'auth'; readonly value: unknown; readonly id: string }
  | { readonly type: 'request'; readonly name: string; readonly filters: readonly Filter[] }
  | { readonly type: 'close' | 'reconcile-close'; readonly name: string }
  | { readonly type: 'reconcile-open'; readonly name: string; readonly filter: Filter; readonly message: string }
  | { readonly type: 'reconcile'; readonly name: string; readonly message: string }
  | { readonly type: 'invalid'; readonly answer: Answer };

/** A frame to a client, before JSON. */
export type Answer = readonly [string, ...(string | boolean)[]];

/** Names of subscriptions are at most this long (NIP-01). */
const NAME_LENGTH = 64;

/** Reads one frame of text; never throws. */
export function parseFrame(
  text: string,
  limits: { readonly frame: number; readonly filtersPerRequest: number },
): Frame {
  // UTF-16 units are at most the bytes, so this lets nothing through that is much too long.
  if (text.length > limits.frame) return tooLong(text, limits.frame);
  const parts = parseList(text);
  if (parts === undefined) return notice('a frame is a JSON list that starts with a word');
  const [word, name, ...rest] = parts;
  switch (word) {
    case 'EVENT':
      return eventFrame(name, text);
    case 'AUTH':
      return { type: 'auth', value: name, id: idOf(name) };
    case 'REQ':
      return named(name, (sub) => request(sub, rest, limits.filtersPerRequest));
    case 'CLOSE':
      return named(name, (sub) => ({ type: 'close', name: sub }));
    case 'NEG-OPEN':
      return named(name, (sub) => reconcileOpen(sub, rest));
    case 'NEG-MSG':
      return named(name, (sub) => ({
        type: 'reconcile',
        name: sub,
        message: typeof rest[0] === 'string' ? rest[0] : '',
      }));
    case 'NEG-CLOSE':
      return named(name, (sub) => ({ type: 'reconcile-close', name: sub }));
    default:
      return notice(`this relay does not know ${typeof word === 'string' ? word.slice(0, 30) : 'such a frame'}`);
  }
}

function eventFrame(value: unknown, text: string): Frame {
  const id = idOf(value);
  const misfit = misfitOfKeys(value, text);
  if (misfit !== undefined) return { type: 'invalid', answer: ['OK', id, false, `invalid: ${misfit}`] };
  return { type: 'event', value, id };
}

function request(name: string, rest: readonly unknown[], most: number): Frame {
  const refuse = (why: string): Frame => ({ type: 'invalid', answer: ['CLOSED', name, `invalid: ${why}`] });
  if (rest.length === 0) return refuse('a REQ needs a filter');
  if (rest.length > most) return refuse(`a REQ has at most ${most} filters`);
  const filters: Filter[] = [];
  for (const value of rest) {
    const filter = parseFilter(value);
    if (typeof filter === 'string') return refuse(filter);
    filters.push(filter);
  }
  return { type: 'request', name, filters };
}

function reconcileOpen(name: string, [value, message]: readonly unknown[]): Frame {
  const filter = parseFilter(value);
  if (typeof filter === 'string') return { type: 'invalid', answer: ['NEG-ERR', name, `invalid: ${filter}`] };
  if (typeof message !== 'string')
    return { type: 'invalid', answer: ['NEG-ERR', name, 'invalid: NEG-OPEN without a message'] };
  return { type: 'reconcile-open', name, filter, message };
}

function named(name: unknown, build: (name: string) => Frame): Frame {
  if (typeof name !== 'string' || name === '' || name.length > NAME_LENGTH) {
    return notice(`a subscription needs a name of 1 to ${NAME_LENGTH} characters`);
  }
  return build(name);
}

/** Not parsed: only its id is looked for, so that the sender learns which event it was. */
function tooLong(text: string, most: number): Frame {
  const why = `invalid: the frame has ${text.length} characters, more than ${most}`;
  if (!/^\s*\[\s*"EVENT"/.test(text)) return { type: 'invalid', answer: ['NOTICE', why] };
  return { type: 'invalid', answer: ['OK', /"id"\s*:\s*"([0-9a-f]{64})"/.exec(text)?.[1] ?? '', false, why] };
}

function notice(why: string): Frame {
  return { type: 'invalid', answer: ['NOTICE', `invalid: ${why}`] };
}

function parseList(text: string): readonly unknown[] | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : undefined;
  } catch {
    // Not JSON: the caller answers that.
    return undefined;
  }
}

/** The id that an answer names; empty where there is none. */
export function idOf(value: unknown): string {
  const id = typeof value === 'object' && value !== null && 'id' in value ? value.id : '';
  return typeof id === 'string' ? id.slice(0, 64) : '';
}
