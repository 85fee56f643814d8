import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { type LocalStorage, readLocal, writeLocal } from './local.ts';

const NONCE_BYTES = 12;

/** Small texts that survive a reload, sealed under a key derived from the device key: nothing lies in clear on the disk. */
export interface Scratch {
  /** Null when nothing was kept, or when it cannot be opened with this device's key. */
  read(name: string): Promise<string | null>;
  /** An empty text forgets the entry, unless another tab has written there since. Later calls win over earlier ones. */
  write(name: string, text: string): Promise<void>;
}

/** `secret`: the device's secret key, 32 bytes. */
export async function openScratch(secret: Uint8Array, local: LocalStorage): Promise<Scratch> {
  const key = await scratchKey(secret);
  const newest = new Map<string, number>();
  /** As this page last wrote or read it. */
  const own = new Map<string, string>();
  return {
    async read(name) {
      const kept = readLocal(local, place(name));
      if (kept === null) return null;
      own.set(name, kept);
      try {
        const bytes = hexToBytes(kept);
        const algorithm = { name: 'AES-GCM', iv: bytes.slice(0, NONCE_BYTES) };
        return new TextDecoder().decode(await crypto.subtle.decrypt(algorithm, key, bytes.slice(NONCE_BYTES)));
      } catch {
        return null; // Another device's draft, or a damaged one: there is nothing to restore.
      }
    },
    async write(name, text) {
      const turn = (newest.get(name) ?? 0) + 1;
      newest.set(name, turn);
      if (text === '') {
        // What another tab has written there since is its own draft.
        if (readLocal(local, place(name)) === own.get(name)) writeLocal(local, place(name), null);
        return;
      }
      const iv = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
      const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, new TextEncoder().encode(text));
      if (newest.get(name) !== turn) return;
      const kept = bytesToHex(new Uint8Array([...iv, ...new Uint8Array(sealed)]));
      own.set(name, kept);
      writeLocal(local, place(name), kept);
    },
  };
}

async function scratchKey(secret: Uint8Array): Promise<CryptoKey> {
  const material = await crypto.subtle.importKey('raw', new Uint8Array(secret), 'HKDF', false, ['deriveKey']);
  const info = new TextEncoder().encode('lifeboat/v1/drafts');
  const derivation = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(0), info };
  return crypto.subtle.deriveKey(derivation, material, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
}

function place(name: string): string {
  return `lifeboat-draft-${name}`;
}
