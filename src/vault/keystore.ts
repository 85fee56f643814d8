import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Platform } from '../platform.ts';

/** One place that keeps a short text on this device. Both may throw. */
export interface KeyStorage {
  read(): Promise<string | null>;
  write(text: string): Promise<void>;
}

type Unlocked =
  | { readonly type: 'ok'; readonly secret: Uint8Array }
  /** No device key was ever kept here. */
  | { readonly type: 'none' }
  | { readonly type: 'wrong-passphrase' }
  /** There is something, and it is no device key, or the storage cannot be read. */
  | { readonly type: 'damaged'; readonly reason: string };

type Kept =
  | { readonly type: 'kept' }
  | { readonly type: 'none' }
  | { readonly type: 'damaged'; readonly reason: string };

/** A device key at rest: sealed by a passphrase, kept in two kinds of storage, unlocked with no network. Nothing is ever wiped. */
export interface Keystore {
  /** What is kept here, told without a passphrase. */
  look(): Promise<Kept>;
  unlock(passphrase: string): Promise<Unlocked>;
  /** Seals and keeps; resolves when at least one storage holds it, else rejects with one sentence. */
  save(secret: Uint8Array, passphrase: string): Promise<void>;
  /** Puts the sealed key that was opened or saved last back where a storage was emptied meanwhile. */
  mend(): Promise<void>;
}

/** PBKDF2-SHA-256 with 1,000,000 rounds, then AES-256-GCM. Another derivation gets another version byte. */
const VERSION = 1;
const ROUNDS = 1_000_000;
// version 1, counter 4, salt 16, nonce 12: the header, which the seal covers; then 32 bytes of key and 16 of tag.
const HEADER_BYTES = 33;
const RECORD_BYTES = HEADER_BYTES + 48;

interface SealedKey {
  readonly counter: number;
  readonly record: Uint8Array;
}

type Reading =
  | { readonly type: 'kept'; readonly kept: SealedKey }
  | { readonly type: 'empty' }
  | { readonly type: 'damaged'; readonly reason: string };

export function openKeystore(storages: readonly KeyStorage[], platform: Pick<Platform, 'random'>): Keystore {
  const readAll = () => Promise.all(storages.map(readOne));
  let last: SealedKey | null = null;

  return {
    look: async () => {
      const readings = await readAll();
      if (readings.some(({ type }) => type === 'kept')) return { type: 'kept' };
      return readings.find((reading) => reading.type === 'damaged') ?? { type: 'none' };
    },
    unlock: async (passphrase) => {
      const readings = await readAll();
      const kept = newestFirst(readings);
      for (const one of kept) {
        const secret = await openRecord(one.record, passphrase);
        if (secret === undefined) continue;
        last = one;
        await heal(storages, readings, one);
        return { type: 'ok', secret };
      }
      if (kept.length > 0) return { type: 'wrong-passphrase' };
      return readings.find((reading) => reading.type === 'damaged') ?? { type: 'none' };
    },
    save: async (secret, passphrase) => {
      const counter = (newestFirst(await readAll())[0]?.counter ?? 0) + 1;
      const record = await sealRecord(secret, passphrase, counter, platform);
      const results = await Promise.allSettled(storages.map((storage) => storage.write(bytesToHex(record))));
      if (!results.some(({ status }) => status === 'fulfilled')) {
        throw new Error('The key could not be kept on this device: its storage refuses to write.');
      }
      last = { counter, record };
    },
    mend: async () => {
      if (last !== null) await heal(storages, await readAll(), last);
    },
  };
}

async function readOne(storage: KeyStorage): Promise<Reading> {
  try {
    const text = await storage.read();
    if (text === null) return { type: 'empty' };
    if (!/^(?:[0-9a-f]{2})+$/.test(text)) return { type: 'damaged', reason: 'The key kept on this device is damaged.' };
    const record = hexToBytes(text);
    if (record[0] !== VERSION)
      return { type: 'damaged', reason: 'The key on this device was kept by another version.' };
    if (record.length !== RECORD_BYTES) return { type: 'damaged', reason: 'The key kept on this device is damaged.' };
    return { type: 'kept', kept: { counter: new DataView(record.buffer).getUint32(1), record } };
  } catch (error) {
    return { type: 'damaged', reason: `The storage of this device cannot be read (${String(error)}).` };
  }
}

function newestFirst(readings: readonly Reading[]): readonly SealedKey[] {
  const kept = readings.flatMap((reading) => (reading.type === 'kept' ? [reading.kept] : []));
  return kept.sort((a, b) => b.counter - a.counter);
}

/** Brings back what one storage lost: what just opened is written to every storage that holds something older or nothing. */
async function heal(storages: readonly KeyStorage[], readings: readonly Reading[], opened: SealedKey): Promise<void> {
  const text = bytesToHex(opened.record);
  const stale = storages.filter((_, i) => {
    const reading = readings[i];
    return reading?.type === 'empty' || (reading?.type === 'kept' && reading.kept.counter < opened.counter);
  });
  // A storage that refuses is one copy less, no reason to keep the person out.
  await Promise.allSettled(stale.map((storage) => storage.write(text)));
}

async function sealRecord(secret: Uint8Array, passphrase: string, counter: number, platform: Pick<Platform, 'random'>) {
  const header = new Uint8Array(
    concatBytes(new Uint8Array([VERSION, 0, 0, 0, 0]), platform.random(16), platform.random(12)),
  );
  new DataView(header.buffer).setUint32(1, counter);
  const { key, seal } = await cipher(header, passphrase);
  return concatBytes(header, new Uint8Array(await crypto.subtle.encrypt(seal, key, new Uint8Array(secret))));
}

async function openRecord(record: Uint8Array, passphrase: string): Promise<Uint8Array | undefined> {
  const { key, seal } = await cipher(record.slice(0, HEADER_BYTES), passphrase);
  try {
    return new Uint8Array(await crypto.subtle.decrypt(seal, key, record.slice(HEADER_BYTES)));
  } catch {
    // AES-GCM says only that the seal does not fit, which is what a wrong passphrase looks like.
    return undefined;
  }
}

async function cipher(header: Uint8Array<ArrayBuffer>, passphrase: string) {
  const text = new Uint8Array(utf8ToBytes(passphrase.normalize('NFC')));
  const base = await crypto.subtle.importKey('raw', text, 'PBKDF2', false, ['deriveKey']);
  const derivation = { name: 'PBKDF2', hash: 'SHA-256', salt: header.slice(5, 21), iterations: ROUNDS };
  const key = await crypto.subtle.deriveKey(derivation, base, { name: 'AES-GCM', length: 256 }, false, [
    'encrypt',
    'decrypt',
  ]);
  return { key, seal: { name: 'AES-GCM', iv: header.slice(21), additionalData: header } };
}
