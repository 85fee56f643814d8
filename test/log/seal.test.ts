import { hexToBytes } from '@noble/hashes/utils.js';
import { getConversationKey } from 'nostr-tools/nip44';
import { describe, expect, test } from 'vitest';
import { publicKeyOf } from '../../src/log/event.ts';
import { seal, unseal } from '../../src/log/seal.ts';

// From the public vectors of NIP-44 (github.com/paulmillr/nip44, nip44.vectors.json).
const one = hexToBytes('1'.padStart(64, '0'));
const two = hexToBytes('2'.padStart(64, '0'));
const PAYLOAD =
  'AgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAABee0G5VSK0/9YypIObAtDKfYEAjD35uVkHyB0F4DwrcNaCXlCWZKaArsGrY6M9wnuTMxWfp1RTN9Xga8no+kF5Vsb';

describe('sealing', () => {
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
