import { describe, expect, test } from 'vitest';
import { nodePlatform } from '../../src/node/platform.ts';
import { newCode } from '../../src/stores/post.ts';

describe('codes of incidents', () => {
  test('are 12 characters of [0-9a-z], each other than the last', () => {
    const codes = Array.from({ length: 200 }, () => newCode(nodePlatform.random));
    expect(codes.every((code) => /^[0-9a-z]{12}$/.test(code))).toBe(true);
    expect(new Set(codes).size).toBe(200);
  });

  test('favour no letter: bytes beyond the last whole round are drawn again', () => {
    const draws = [new Uint8Array(12).fill(255), new Uint8Array(12).fill(35)];
    expect(newCode(() => draws.shift() ?? new Uint8Array(12))).toBe('z'.repeat(12));
  });
});
