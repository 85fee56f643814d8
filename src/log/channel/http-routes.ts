import { bytesToHex } from '@noble/hashes/utils.js';
import { SEALED_KINDS } from '../../model/kind-sets.ts';
import type { Platform } from '../../platform.ts';
import { createIndex, initiate, reconcile } from '../negentropy/negentropy.ts';
import { BATCH } from './channel-limits.ts';
import { authorizationOf } from './nip98.ts';

/** The relay understood and said no, with its prefix. Anything else that goes wrong is a broken line. */
export class Refusal extends Error {}

/** What is asked of a relay over HTTP: a NIP-01 filter, as far as these routes look at it. */
export interface HttpFilter {
  readonly kinds?: readonly number[];
  readonly ids?: readonly string[];
  readonly limit?: number;
}

/** The routes for networks that break WebSockets (DESIGN §7). Each throws Refusal, or an Error where the line is broken. */
export interface HttpRoutes {
  /** The organisation that the relay at this address keeps. */
  organisation(): Promise<unknown>;
  /** Events as lines; resolves to the relay's OK frames, one text each. */
  upload(lines: string): Promise<readonly string[]>;
  /** One NIP-77 message there, one back. */
  compare(filter: HttpFilter, message: string): Promise<string>;
  /** Ids of all that the filter selects. */
  idsOf(filter: HttpFilter): Promise<readonly string[]>;
  /** Events as JSON texts; the relay leaves out what it does not hold. */
  fetch(ids: readonly string[], kinds: readonly number[] | undefined): Promise<readonly string[]>;
}

export interface HttpRoutesOptions {
  /** Address without a slash at its end. */
  readonly base: string;
  readonly platform: Platform;
  /** The device's secret key while it is unlocked. */
  readonly secretKey: () => Uint8Array | null;
  readonly signal: AbortSignal;
}

/** More than any relay of ours answers (16 MiB); a hostile one must not fill the memory. */
const MOST_BYTES = 32 * 1024 * 1024;
/** A proof counts for a minute; a clock that is further off than this is corrected by the relay's. */
const SKEW_MS = 20_000;

export function createHttpRoutes({ base, platform, secretKey, signal }: HttpRoutesOptions): HttpRoutes {
  /** How far the relay's clock is ahead of this one: proofs are for the relay's minute. */
  let ahead = 0;

  function send(path: string, body: string, isSealed: boolean): Promise<Response> {
    const key = secretKey();
    const url = base + path;
    if (!isSealed || key === null) return platform.fetch(url, { method: 'POST', body, signal });
    const nonce = bytesToHex(platform.random(16));
    const proof = authorizationOf({ url, method: 'POST', body }, platform.now() + ahead, nonce, key);
    return platform.fetch(url, { method: 'POST', body, signal, headers: { Authorization: proof } });
  }

  async function post(path: string, body: string, kinds: readonly number[] = []): Promise<string> {
    const isSealed = kinds.some((kind) => SEALED_KINDS.includes(kind));
    let response = await send(path, body, isSealed);
    const theirs = Date.parse(response.headers.get('Date') ?? '');
    if (response.status === 401 && Math.abs(theirs - platform.now() - ahead) > SKEW_MS) {
      ahead = theirs - platform.now();
      response = await send(path, body, isSealed);
    }
    const text = await readText(response);
    if (response.ok) return text;
    const why = /^\{"error":"((?:auth-required|restricted|invalid):[^"]*)"\}$/.exec(text)?.[1];
    throw why === undefined ? new Error(`answered ${response.status} over HTTP`) : new Refusal(why);
  }

  async function compare(filter: HttpFilter, message: string): Promise<string> {
    const text = await post('/neg', JSON.stringify({ filter, message }), filter.kinds);
    return String((JSON.parse(text) as { message?: unknown }).message);
  }

  return {
    organisation: async () => {
      const response = await platform.fetch(`${base}/healthz`, { signal });
      return (JSON.parse(await readText(response)) as { org?: unknown }).org;
    },
    upload: async (lines) => linesOf(await post('/events', lines)),
    compare,
    idsOf: async (filter) => {
      const nothing = createIndex();
      const ids: string[] = [];
      for (let message: string | null = initiate(nothing); message !== null; ) {
        const { need, next } = reconcile(nothing, await compare(filter, message));
        ids.push(...need);
        message = next;
      }
      return ids;
    },
    fetch: async (ids, kinds) => {
      const events: string[] = [];
      for (let from = 0; from < ids.length; from += BATCH) {
        const question = { ids: ids.slice(from, from + BATCH), ...(kinds === undefined ? {} : { kinds }) };
        events.push(...linesOf(await post('/ids', JSON.stringify(question), kinds)));
      }
      return events;
    },
  };
}

function linesOf(text: string): readonly string[] {
  return text.split('\n').filter((line) => line !== '');
}

async function readText(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let [text, bytes] = ['', 0];
  for (const reader = response.body?.getReader(); reader !== undefined; ) {
    const { done, value } = await reader.read();
    if (done) break;
    bytes += value.length;
    if (bytes > MOST_BYTES) throw new Error('answered more over HTTP than any relay may');
    text += decoder.decode(value, { stream: true });
  }
  return text + decoder.decode();
}
