import { schnorr } from '@noble/curves/secp256k1.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import type { EventTemplate, SignedEvent } from '../model/event.ts';

/** UTF-8 length of the seven-field JSON, in bytes (DESIGN §4, Form). */
export const MAX_EVENT_BYTES = 65_536;
const MAX_TAGS = 2_000;
const FORBIDDEN_TAGS = ['expiration', '-', 'delegation'];
const HEX_64 = /^[0-9a-f]{64}$/;
const HEX_128 = /^[0-9a-f]{128}$/;
// One template must have one signature, so the auxiliary randomness of BIP-340 is 32 zero bytes.
const NO_RANDOMNESS = new Uint8Array(32);

export type Verified =
  | { readonly type: 'ok'; readonly event: SignedEvent }
  | { readonly type: 'invalid'; readonly reason: string };

/** Whether `sig` is the author's BIP-340 signature over `id`; never throws. */
export type SignatureCheck = (event: SignedEvent) => boolean;

/** SHA-256 (hex) of the NIP-01 serialisation. */
export function eventId(event: Omit<SignedEvent, 'id' | 'sig'>): string {
  const { pubkey, created_at, kind, tags, content } = event;
  return bytesToHex(sha256(utf8ToBytes(JSON.stringify([0, pubkey, created_at, kind, tags, content]))));
}

/** x-only public key (hex) of a 32-byte secret key. */
export function publicKeyOf(secretKey: Uint8Array): string {
  return bytesToHex(schnorr.getPublicKey(secretKey));
}

/** Signs a template with a 32-byte secret key (BIP-340); synchronous, so that it fits inside one transaction. */
export function signEvent(template: EventTemplate, secretKey: Uint8Array): SignedEvent {
  const { created_at, kind, tags, content } = template;
  const unsigned = { pubkey: publicKeyOf(secretKey), created_at, kind, tags, content };
  const id = eventId(unsigned);
  return { id, ...unsigned, sig: bytesToHex(schnorr.sign(hexToBytes(id), secretKey, NO_RANDOMNESS)) };
}

/** What turns a template into an event of a key. A simulator gives a faster one. */
export interface Signer {
  publicKeyOf(secretKey: Uint8Array): string;
  signEvent(template: EventTemplate, secretKey: Uint8Array): SignedEvent;
}

/** BIP-340. */
export const signer: Signer = { publicKeyOf, signEvent };

/**
 * Checks form, size, forbidden tags, organisation (the `o` tag, where `org` is given), id and signature.
 * Works on a fresh copy of the seven fields, so nothing cached on the object can vouch for it; returns that copy.
 * A relay may give a faster `isSigned`.
 */
export function verifyEvent(value: unknown, org?: string, isSigned: SignatureCheck = isSignedByAuthor): Verified {
  const event = copySevenFields(value);
  if (typeof event === 'string') return invalid(event);
  if (event.tags.some((tag) => FORBIDDEN_TAGS.includes(tag[0] ?? ''))) return invalid('it carries a forbidden tag');
  if (org !== undefined && event.tags.find((tag) => tag[0] === 'o')?.[1] !== org) {
    return invalid('it belongs to another organisation');
  }
  if (utf8ToBytes(JSON.stringify(event)).length > MAX_EVENT_BYTES) return invalid('it is larger than 64 KiB');
  if (eventId(event) !== event.id) return invalid('its id does not fit its content');
  return isSigned(event) ? { type: 'ok', event } : invalid('its signature does not verify');
}

function isSignedByAuthor(event: SignedEvent): boolean {
  try {
    return schnorr.verify(hexToBytes(event.sig), hexToBytes(event.id), hexToBytes(event.pubkey));
  } catch {
    // A public key that is no point on the curve: nobody can have signed.
    return false;
  }
}

/** A fresh copy, or the reason why `value` has not the form of an event. */
export function copySevenFields(value: unknown): SignedEvent | string {
  if (typeof value !== 'object' || value === null) return 'it is not an object';
  const { id, pubkey, created_at, kind, tags, content, sig } = value as Record<string, unknown>;
  if (typeof id !== 'string' || !HEX_64.test(id)) return 'its id is not 64 lower-case hex digits';
  if (typeof pubkey !== 'string' || !HEX_64.test(pubkey)) return 'its pubkey is not 64 lower-case hex digits';
  if (typeof sig !== 'string' || !HEX_128.test(sig)) return 'its sig is not 128 lower-case hex digits';
  if (!isCount(created_at)) return 'its created_at is not a whole number of seconds';
  if (!isCount(kind) || kind > 65_535) return 'its kind is not a number from 0 to 65535';
  if (typeof content !== 'string' || !content.isWellFormed()) return 'its content is not well-formed text';
  if (!Array.isArray(tags) || tags.length > MAX_TAGS) return 'its tags are not a list of at most 2000';
  if (!tags.every(isTag)) return 'a tag is not a list of well-formed text';
  return { id, pubkey, created_at, kind, tags: tags.map((tag) => [...tag]), content, sig };
}

function isTag(tag: unknown): tag is string[] {
  return Array.isArray(tag) && tag.length > 0 && tag.every((item) => typeof item === 'string' && item.isWellFormed());
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function invalid(reason: string): Verified {
  return { type: 'invalid', reason };
}
