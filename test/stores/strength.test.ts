import { describe, expect, test } from 'vitest';
import { strengthOf } from '../../src/stores/strength.ts';

describe('a plain word on a passphrase', () => {
  test.each([
    ['', 'empty'],
    ['   ', 'empty'],
    ['hunter2', 'short'],
    ['aaaaaaaaaaaaaaaa', 'weak'],
    ['password12345', 'weak'],
    ['four words are here', 'fair'],
    ['seven quiet harbours at dawn', 'strong'],
  ])('%j is %s', (passphrase, word) => {
    expect(strengthOf(passphrase)).toBe(word);
  });
});
