import { schnorr } from '@noble/curves/secp256k1.js';
import { hexToBytes } from '@noble/hashes/utils.js';
import { decrypt, encrypt, getConversationKey } from 'nostr-tools/nip44';
import type { Platform } from '../../platform.ts';

/** One side's secret (32 bytes) and the other side's public key (hex): either pair gives the same conversation. */
export interface Pair {
  readonly secret: Uint8Array;
  readonly publicKey: string;
}

/** Whether this is a public key, 64 hex digits: one text in two of that form is no point on the curve. */
export function canSealTo(publicKey: string): boolean {
  if (!/^[0-9a-f]{64}$/.test(publicKey)) return false;
  try {
    schnorr.utils.lift_x(BigInt(`0x${publicKey}`));
    return true;
  } catch {
    // No such point: that is the answer.
    return false;
  }
}

/** NIP-44 v2 under the conversation key of `pair`; the nonce comes from the platform. */
export function seal(text: string, pair: Pair, platform: Pick<Platform, 'random'>): string {
  return encrypt(text, getConversationKey(pair.secret, pair.publicKey), platform.random(32));
}

/**
 * Seals many texts of one secret: an ECDH for each reader costs 2.5 ms, so each is done once. Undefined where the key is
 * none: a roster may grant anything, and one such grant must not keep all others from being sealed to.
 */
export function sealer(
  secret: Uint8Array,
  platform: Pick<Platform, 'random'>,
): (text: string, publicKey: string) => string | undefined {
  const conversations = new Map<string, Uint8Array>();
  return (text, publicKey) => {
    if (!conversations.has(publicKey) && !canSealTo(publicKey)) return undefined;
    const key = conversations.get(publicKey) ?? getConversationKey(secret, publicKey);
    conversations.set(publicKey, key);
    return encrypt(text, key, platform.random(32));
  };
}

/** The text, or undefined where it was not sealed for this pair or was changed on the way. */
export function unseal(payload: string, pair: Pair): string | undefined {
  try {
    return decrypt(payload, getConversationKey(pair.secret, pair.publicKey));
  } catch {
    // Another pair, a changed text, or a public key that is no point on the curve: all mean "not for us".
    return undefined;
  }
}

/** Opens many payloads of one secret: an ECDH for each author costs 2.5 ms, so each is done once. */
export function unsealer(secret: Uint8Array): (payload: string, publicKey: string) => string | undefined {
  const conversations = new Map<string, Uint8Array>();
  return (payload, publicKey) => {
    try {
      const key = conversations.get(publicKey) ?? getConversationKey(secret, publicKey);
      conversations.set(publicKey, key);
      return decrypt(payload, key);
    } catch {
      // As in `unseal`.
      return undefined;
    }
  };
}

/** 32 secret bytes from 64 lower-case hex digits, else undefined. */
export function secretFromHex(text: unknown): Uint8Array | undefined {
  return typeof text === 'string' && /^[0-9a-f]{64}$/.test(text) ? hexToBytes(text) : undefined;
}
