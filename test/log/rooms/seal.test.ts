import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import fc from 'fast-check';
import { getConversationKey } from 'nostr-tools/nip44';
import { describe, expect, test } from 'vitest';
import { publicKeyOf } from '../../../src/log/event.ts';
import { seal, unseal } from '../../../src/log/rooms/seal.ts';
import { nip44Seal } from './nip44.ts';

// Numbers from the public vectors of NIP-44 (github.com/paulmillr/nip44, nip44.vectors.json, v2.valid).
const one = hexToBytes('1'.padStart(64, '0'));
const two = hexToBytes('2'.padStart(64, '0'));
const PAYLOAD =
  'AgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAABee0G5VSK0/9YypIObAtDKfYEAjD35uVkHyB0F4DwrcNaCXlCWZKaArsGrY6M9wnuTMxWfp1RTN9Xga8no+kF5Vsb';
/** Secret key, public key, conversation key. */
const CONVERSATIONS = [
  [
    '315e59ff51cb9209768cf7da80791ddcaae56ac9775eb25b6dee1234bc5d2268',
    'c2f9d9948dc8c7c38321e4b85c8558872eafa0641cd269db76848a6073e69133',
    '3dfef0ce2a4d80a25e7a328accf73448ef67096f65f79588e358d9a0eb9013f1',
  ],
  [
    'a1e37752c9fdc1273be53f68c5f74be7c8905728e8de75800b94262f9497c86e',
    '03bb7947065dde12ba991ea045132581d0954f042c84e06d8c00066e23c1a800',
    '4d14f36e81b8452128da64fe6f1eae873baae2f444b02c950b90e43553f2178b',
  ],
  [
    '98a5902fd67518a0c900f0fb62158f278f94a21d6f9d33d30cd3091195500311',
    'aae65c15f98e5e677b5050de82e3aba47a6fe49b3dab7863cf35d9478ba9f7d1',
    '9c00b769d5f54d02bf175b7284a1cbd28b6911b06cda6666b2243561ac96bad7',
  ],
  [
    '0000000000000000000000000000000000000000000000000000000000000001',
    '79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798',
    '3b4610cb7189beb9cc29eb3716ecc6102f1247e8f3101a03a1787d8908aeb54e',
  ],
  [
    '0000000000000000000000000000000000000000000000000000000000000001',
    'c6047f9441ed7d6d3045406e95c07cd85c778e4b8cef3ca7abac09b95c709ee5',
    'c41c775356fd92eadc63ff5a0dc1da211b268cbea22316767095b2871ea1412d',
  ],
] as const;
/** Written by key 1 to key 2: text, nonce, payload. */
const MESSAGES = [
  ['a', '0000000000000000000000000000000000000000000000000000000000000001', PAYLOAD],
  [
    '🍕🫃',
    'f00000000000000000000000000000f00000000000000000000000000000000f',
    'AvAAAAAAAAAAAAAAAAAAAPAAAAAAAAAAAAAAAAAAAAAPSKSK6is9ngkX2+cSq85Th16oRTISAOfhStnixqZziKMDvB0QQzgFZdjLTPicCJaV8nDITO+QfaQ61+KbWQIOO2Yj',
  ],
] as const;
/** Bytes of a text, and of the text with its padding. */
const PADDED = [
  [16, 32],
  [32, 32],
  [33, 64],
  [37, 64],
  [45, 64],
  [49, 64],
  [64, 64],
  [65, 96],
  [100, 128],
  [111, 128],
  [200, 224],
  [250, 256],
  [320, 320],
  [383, 384],
  [384, 384],
  [400, 448],
  [500, 512],
  [512, 512],
  [515, 640],
  [700, 768],
  [800, 896],
  [900, 1024],
  [1020, 1024],
] as const;

describe('sealing', () => {
  test('agrees, byte for byte, with a second reading of NIP-44 by other code', () => {
    const bytes = fc
      .uint8Array({ minLength: 32, maxLength: 32 })
      .filter((key) => key.some((byte) => byte > 0) && (key[0] ?? 0) < 255);
    const text = fc.oneof(
      fc.string({ minLength: 1, unit: 'grapheme' }),
      // Around every step of the padding, and as long as a sealed body may be.
      fc.constantFrom(1, 31, 32, 33, 64, 65, 256, 257, 320, 321, 1_024, 1_025, 40_960).map((size) => 'x'.repeat(size)),
    );
    fc.assert(
      fc.property(text, bytes, bytes, bytes, (plain, writer, reader, nonce) => {
        const [from, to] = [publicKeyOf(writer), publicKeyOf(reader)];
        const sealed = seal(plain, { secret: writer, publicKey: to }, { random: () => nonce });
        expect(sealed).toBe(nip44Seal(plain, writer, to, nonce));
        expect(unseal(nip44Seal(plain, writer, to, nonce), { secret: reader, publicKey: from })).toBe(plain);
      }),
      { numRuns: 40 },
    );
  });

  test.each(CONVERSATIONS)(
    'agrees with the public vectors of NIP-44 on the key of a conversation: %s',
    (secret, pk, key) => {
      expect(bytesToHex(getConversationKey(hexToBytes(secret), pk))).toBe(key);
    },
  );

  test.each(MESSAGES)('agrees with the public vectors of NIP-44 on the sealing of "%s"', (text, nonce, payload) => {
    const random = () => hexToBytes(nonce);
    expect(seal(text, { secret: one, publicKey: publicKeyOf(two) }, { random })).toBe(payload);
    expect(unseal(payload, { secret: two, publicKey: publicKeyOf(one) })).toBe(text);
  });

  test.each(PADDED)('agrees with the public vectors of NIP-44 on the padding of %i bytes', (length, padded) => {
    const payload = seal('x'.repeat(length), { secret: one, publicKey: publicKeyOf(two) }, { random: () => one });
    // Version, nonce and mac are 65 bytes, the length before the padded text two.
    expect(Buffer.from(payload, 'base64').length - 65 - 2).toBe(padded);
  });

  test('gives nothing for a changed text, another pair, or what is no key', () => {
    const changed = `${PAYLOAD.slice(0, -4)}AAAA`;
    expect(unseal(changed, { secret: two, publicKey: publicKeyOf(one) })).toBeUndefined();
    expect(unseal(PAYLOAD, { secret: two, publicKey: publicKeyOf(two) })).toBeUndefined();
    expect(unseal(PAYLOAD, { secret: two, publicKey: 'f'.repeat(64) })).toBeUndefined();
    expect(unseal('', { secret: two, publicKey: publicKeyOf(one) })).toBeUndefined();
  });
});
