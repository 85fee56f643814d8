import { expect, test } from 'vitest';
import { cleaned, cleanText } from '../../src/model/clean.ts';

test('takes out a whole terminal command, and leaves brackets that people typed', () => {
  expect(cleanText('\u001b[1;31mERROR\u001b[0m shard [31m] is at 4\u009b2K%')).toBe('ERROR shard [31m] is at 4%');
});

test('takes out what turns round the direction of what is read', () => {
  expect(cleaned({ text: 'pay \u202e001\u202c \u2066now\u2069', at: 1 })).toEqual({ text: 'pay 001 now', at: 1 });
});

test('takes out every other control character, DEL and those past it included', () => {
  expect(cleanText('a\u0000b\u007fc\u0085d\u009fe')).toBe('abcde');
});

test('keeps newline, tab and every script', () => {
  expect(cleanText('um\r\ndois\t\u05d0\u200d\ud800')).toBe('um\ndois\t\u05d0\u200d\ufffd');
});
