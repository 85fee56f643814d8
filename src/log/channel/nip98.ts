import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { type SignedEvent, tagValue } from '../../model/event.ts';
import { signEvent } from '../event.ts';

const HTTP_AUTH = 27_235;
const SCHEME = 'Nostr ';
/** How far the maker's clock may be off, either way (NIP-98). */
export const PROOF_SECONDS = 60;

/** The value of `Authorization` that proves who sends this request (NIP-98). `now` in Unix milliseconds. */
export function authorizationOf(
  request: { readonly url: string; readonly method: string; readonly body: string },
  now: number,
  /** Any text that is used once, so that two like requests of one second are not taken for a replay. */
  nonce: string,
  secretKey: Uint8Array,
): string {
  const tags = [
    ['u', request.url],
    ['method', request.method],
    ['payload', bytesToHex(sha256(utf8ToBytes(request.body)))],
    ['nonce', nonce],
  ];
  const event = signEvent({ kind: HTTP_AUTH, created_at: Math.floor(now / 1000), tags, content: '' }, secretKey);
  return SCHEME + btoa(JSON.stringify(event));
}

/** What the header holds, not checked yet; undefined where it cannot be read. */
export function readAuthorization(header: string): unknown {
  try {
    return header.startsWith(SCHEME) ? JSON.parse(atob(header.slice(SCHEME.length))) : undefined;
  } catch {
    // No base64, or no JSON in it.
    return undefined;
  }
}

export interface ProvenRequest {
  /** Names (with port) under which the client may have reached us. */
  readonly hosts: readonly string[];
  /** Path and query. */
  readonly path: string;
  readonly method: string;
  /** SHA-256 of the body, hex. */
  readonly payload: string;
}

/**
 * Why a proof does not fit the request, or undefined. The signature is checked elsewhere; `now` in Unix milliseconds.
 * The scheme of the address is not compared: behind a proxy only the proxy knows it.
 */
export function misfitOf(event: SignedEvent, request: ProvenRequest, now: number): string | undefined {
  if (event.kind !== HTTP_AUTH) return `a proof over HTTP is of kind ${HTTP_AUTH}`;
  if (Math.abs(event.created_at - now / 1000) > PROOF_SECONDS) return 'its created_at is more than 60 seconds off';
  const address = tagValue(event, 'u') ?? '';
  if (!URL.canParse(address)) return 'it names no address';
  const { host, pathname, search } = new URL(address);
  if (!request.hosts.includes(host) || pathname + search !== request.path) return 'it was made for another address';
  if (tagValue(event, 'method')?.toUpperCase() !== request.method) return 'it was made for another method';
  return tagValue(event, 'payload') === request.payload ? undefined : 'it was made for another body';
}
