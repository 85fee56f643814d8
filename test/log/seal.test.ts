import { hexToBytes } from '@noble/hashes/utils.js';
import fc from 'fast-check';
import { getConversationKey } from 'nostr-tools/nip44';
import { describe, expect, test } from 'vitest';
import { publicKeyOf } from '../../src/log/event.ts';
import { seal, unseal } from '../../src/log/seal.ts';
import { nip44Seal } from './nip44.ts';

// From the public vectors of NIP-44 (github.com/paulmillr/nip44, nip44.vectors.json).
const one = hexToBytes('1'.padStart(64, '0'));
const two = hexToBytes('2'.padStart(64, '0'));
const PAYLOAD =
  'AgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAABee0G5VSK0/9YypIObAtDKfYEAjD35uVkHyB0F4DwrcNaCXlCWZKaArsGrY6M9wnuTMxWfp1RTN9Xga8no+kF5Vsb';

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

  test('agrees with the public vectors of NIP-44', () => {
    const random = () => one;
    const pair = { secret: one, publicKey: publicKeyOf(two) };
    expect(Buffer.from(getConversationKey(one, publicKeyOf(two))).toString('hex')).toBe(
      'c41c775356fd92eadc63ff5a0dc1da211b268cbea22316767095b2871ea1412d',
    );
    expect(seal('a', pair, { random })).toBe(PAYLOAD);
    expect(unseal(PAYLOAD, { secret: two, publicKey: publicKeyOf(one) })).toBe('a');
  });

  test('gives nothing for a changed text, another pair, or what is no key', () => {
    const changed = `${PAYLOAD.slice(0, -4)}AAAA`;
    expect(unseal(changed, { secret: two, publicKey: publicKeyOf(one) })).toBeUndefined();
    expect(unseal(PAYLOAD, { secret: two, publicKey: publicKeyOf(two) })).toBeUndefined();
    expect(unseal(PAYLOAD, { secret: two, publicKey: 'f'.repeat(64) })).toBeUndefined();
    expect(unseal('', { secret: two, publicKey: publicKeyOf(one) })).toBeUndefined();
  });
});
