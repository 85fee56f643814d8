import reference from 'canonicalize';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonical, parseCanonical } from '../../src/model/canonical.ts';

const json = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 5 },
    fc.constant(null),
    fc.boolean(),
    fc.maxSafeInteger().map((number) => number + 0 || 0),
    fc.string({ unit: 'grapheme' }),
    fc.array(tie('value'), { maxLength: 5 }),
    fc.dictionary(fc.string({ unit: 'grapheme' }), tie('value'), { maxKeys: 5 }),
  ),
})).value;

describe('canonical', () => {
  test('agrees with an independent RFC 8785 implementation', () => {
    fc.assert(fc.property(json, (value) => canonical(value) === reference(value)));
  });

  test('sorts keys by UTF-16 code units (RFC 8785 §3.2.3)', () => {
    const keys = ['\u20ac', '\r', '\ufb33', '1', '\ud83d\ude00', '\u0080', '\u00f6'];
    const value = Object.fromEntries(keys.map((key) => [key, 0]));
    expect(Object.keys(JSON.parse(canonical(value)))).toEqual([
      '1',
      '\r',
      '\u0080',
      '\u00f6',
      '\u20ac',
      '\ud83d\ude00',
      '\ufb33',
    ]);
  });

  test.each([
    ['floats', 0.5],
    ['minus zero', -0],
    ['infinity', Number.POSITIVE_INFINITY],
    ['integers beyond 2^53', 2 ** 53],
    ['undefined', undefined],
    ['an undefined field', { a: undefined }],
    ['half a surrogate pair', '\ud800'],
    ['half a surrogate pair in a key', { '\udc00': 1 }],
    ['deep nesting', JSON.parse('['.repeat(40) + ']'.repeat(40))],
  ])('refuses %s', (_, value) => {
    expect(() => canonical(value)).toThrow(/\.$/);
  });
});

describe('parseCanonical', () => {
  test('reads back what canonical wrote', () => {
    fc.assert(fc.property(json, (value) => canonical(parseCanonical(canonical(value))) === canonical(value)));
  });

  test.each(['{"a":1,"a":1}', '{ "a":1}', '{"b":1,"a":1}', '1.0', '-0', '"\\u0061"', '[1,]', '', '1e400'])(
    'refuses %s, which is not its own canonical form',
    (text) => {
      expect(parseCanonical(text)).toBeUndefined();
    },
  );

  test('survives a million open brackets', () => {
    expect(parseCanonical('['.repeat(1_000_000))).toBeUndefined();
  });
});
