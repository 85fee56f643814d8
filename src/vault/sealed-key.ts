import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Platform } from '../platform.ts';

/** What a screen lock (WebAuthn PRF) gave for one credential: `output` is the same at every later asking. */
export interface PrfKey {
  readonly credential: Uint8Array;
  /** 16 bytes, drawn anew for each credential. */
  readonly salt: Uint8Array;
  /** 32 bytes that only the screen lock of this device can give. */
  readonly output: Uint8Array;
}

/** The first byte of a record says what its key is derived from. */
export type Version = typeof PASSPHRASE | typeof PRF;
/** PBKDF2-SHA-256 with 1,000,000 rounds, then AES-256-GCM. */
export const PASSPHRASE = 1;
/** HKDF-SHA-256 of what WebAuthn's PRF extension gives, then AES-256-GCM; the credential's id follows the seal. */
export const PRF = 2;

const ROUNDS = 1_000_000;
const SALT_AT = 5;
const NONCE_AT = 21;
// version 1, counter 4, salt 16, nonce 12: the header, which the seal covers; then 32 bytes of key and 16 of tag.
const HEADER_BYTES = 33;
const RECORD_BYTES = HEADER_BYTES + 48;
/** Longer credential ids than this exist in no authenticator (WebAuthn §4). */
const CREDENTIAL_MAX_BYTES = 1023;

/** One seal of the device key, as it is kept. */
export interface SealedKey {
  readonly version: Version;
  /** Of two copies the higher one is the newer. */
  readonly counter: number;
  readonly record: Uint8Array;
}

/** The record in `bytes`; undefined where its length is wrong. `newer`: made by a later version of the app. */
export function readSealedKey(bytes: Uint8Array): SealedKey | 'newer' | undefined {
  const version = bytes[0];
  if (version !== PASSPHRASE && version !== PRF) return 'newer';
  const extra = bytes.length - RECORD_BYTES;
  if (version === PASSPHRASE ? extra !== 0 : extra < 1 || extra > CREDENTIAL_MAX_BYTES) return undefined;
  const record = new Uint8Array(bytes);
  return { version, counter: new DataView(record.buffer).getUint32(1), record };
}

export async function sealByPassphrase(
  secret: Uint8Array,
  passphrase: string,
  counter: number,
  platform: Pick<Platform, 'random'>,
): Promise<SealedKey> {
  const header = headerOf(PASSPHRASE, counter, platform.random(16), platform.random(12));
  const record = concatBytes(header, await encrypt(await keyOfPassphrase(header, passphrase), header, header, secret));
  return { version: PASSPHRASE, counter, record };
}

export async function sealByPrf(
  secret: Uint8Array,
  prf: PrfKey,
  counter: number,
  platform: Pick<Platform, 'random'>,
): Promise<SealedKey> {
  const header = headerOf(PRF, counter, prf.salt, platform.random(12));
  const covered = concatBytes(header, prf.credential);
  const sealed = await encrypt(await keyOfPrf(header, prf.output), header, covered, secret);
  return { version: PRF, counter, record: concatBytes(header, sealed, prf.credential) };
}

/** The device key, or undefined where `passphrase` does not fit. */
export async function openByPassphrase(record: Uint8Array, passphrase: string): Promise<Uint8Array | undefined> {
  const header = record.slice(0, HEADER_BYTES);
  return decrypt(await keyOfPassphrase(header, passphrase), header, header, record.slice(HEADER_BYTES));
}

/** The device key, or undefined where `output` is another credential's. */
export async function openByPrf(record: Uint8Array, output: Uint8Array): Promise<Uint8Array | undefined> {
  const header = record.slice(0, HEADER_BYTES);
  const covered = concatBytes(header, record.slice(RECORD_BYTES));
  return decrypt(await keyOfPrf(header, output), header, covered, record.slice(HEADER_BYTES, RECORD_BYTES));
}

/** Which credential to ask for which output. */
export function prfQuestion(record: Uint8Array): Omit<PrfKey, 'output'> {
  return { credential: record.slice(RECORD_BYTES), salt: record.slice(SALT_AT, NONCE_AT) };
}

function headerOf(version: Version, counter: number, salt: Uint8Array, nonce: Uint8Array): Uint8Array {
  const header = new Uint8Array(concatBytes(new Uint8Array([version, 0, 0, 0, 0]), salt, nonce));
  new DataView(header.buffer).setUint32(1, counter);
  return header;
}

async function keyOfPassphrase(header: Uint8Array, passphrase: string): Promise<CryptoKey> {
  const text = new Uint8Array(utf8ToBytes(passphrase.normalize('NFC')));
  const base = await crypto.subtle.importKey('raw', text, 'PBKDF2', false, ['deriveKey']);
  return derive({ name: 'PBKDF2', hash: 'SHA-256', salt: saltOf(header), iterations: ROUNDS }, base);
}

async function keyOfPrf(header: Uint8Array, output: Uint8Array): Promise<CryptoKey> {
  const base = await crypto.subtle.importKey('raw', new Uint8Array(output), 'HKDF', false, ['deriveKey']);
  const info = new Uint8Array(utf8ToBytes('lifeboat/v1/device-key'));
  return derive({ name: 'HKDF', hash: 'SHA-256', salt: saltOf(header), info }, base);
}

function derive(algorithm: Pbkdf2Params | HkdfParams, base: CryptoKey): Promise<CryptoKey> {
  return crypto.subtle.deriveKey(algorithm, base, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
}

function saltOf(header: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(header.slice(SALT_AT, NONCE_AT));
}

function cipher(header: Uint8Array, covered: Uint8Array): AesGcmParams {
  return { name: 'AES-GCM', iv: new Uint8Array(header.slice(NONCE_AT)), additionalData: new Uint8Array(covered) };
}

async function encrypt(key: CryptoKey, header: Uint8Array, covered: Uint8Array, secret: Uint8Array) {
  return new Uint8Array(await crypto.subtle.encrypt(cipher(header, covered), key, new Uint8Array(secret)));
}

async function decrypt(key: CryptoKey, header: Uint8Array, covered: Uint8Array, sealed: Uint8Array) {
  try {
    return new Uint8Array(await crypto.subtle.decrypt(cipher(header, covered), key, new Uint8Array(sealed)));
  } catch {
    // AES-GCM says only that the seal does not fit, which is what a wrong passphrase looks like.
    return undefined;
  }
}
