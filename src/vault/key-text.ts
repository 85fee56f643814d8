import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { PASSPHRASE, PRF, readSealedKey, type SealedKey } from './sealed-key.ts';

/** A device key as one storage keeps it: sealed by a passphrase, and beside that perhaps by a screen lock. */
export interface KeptKey {
  /** The highest of its seals: a copy with a lower one is older. */
  readonly counter: number;
  readonly passphrase: SealedKey;
  readonly prf: SealedKey | null;
}

export type Reading =
  | { readonly type: 'kept'; readonly kept: KeptKey }
  | { readonly type: 'empty' }
  | { readonly type: 'damaged'; readonly reason: string };

const DAMAGED: Reading = { type: 'damaged', reason: 'The key kept on this device is damaged.' };

/** Records in hex, dots between them, then the beginning of their SHA-256: damage is told without the passphrase. */
export function keyText({ passphrase, prf }: Pick<KeptKey, 'passphrase' | 'prf'>): string {
  const records = [passphrase, ...(prf === null ? [] : [prf])].map(({ record }) => bytesToHex(record)).join('.');
  return `${records}~${sumOf(records)}`;
}

/** Reads what `keyText` wrote; the first version of the app wrote one record without a sum. */
export function readKeyText(text: string | null): Reading {
  if (text === null) return { type: 'empty' };
  const [records = '', sum] = text.split('~');
  if (!/^(?:(?:[0-9a-f]{2})+(?:\.|$))+$/.test(records)) return DAMAGED;
  if (sum !== undefined && sum !== sumOf(records)) return DAMAGED;
  const sealed = records.split('.').map((record) => readSealedKey(hexToBytes(record)));
  if (sealed.includes('newer')) {
    return { type: 'damaged', reason: 'The key on this device was kept by another version of the app.' };
  }
  const known = sealed.filter((one) => typeof one === 'object');
  const passphrase = known.find(({ version }) => version === PASSPHRASE);
  if (passphrase === undefined || known.length < sealed.length) return DAMAGED;
  const prf = known.find(({ version }) => version === PRF) ?? null;
  return { type: 'kept', kept: { counter: Math.max(...known.map(({ counter }) => counter)), passphrase, prf } };
}

function sumOf(records: string): string {
  return bytesToHex(sha256(utf8ToBytes(records)).slice(0, 8));
}
