import { expect, test } from 'vitest';
import { type KeptWord, silenceOf } from '../../src/model/silence.ts';
import type { PublicState } from '../../src/model/snapshot.ts';
import { open } from '../components/told.ts';
import { copyOf, NOW } from '../enhance/copies.ts';

const daysAgo = (days: number) => new Date(NOW - days * 86_400_000).toISOString();
const running: KeptWord = { code: 'incident0001', ended_at: null, as_of: daysAgo(1) };
const over: KeptWord = { ...running, ended_at: daysAgo(3) };

function silence(kept: KeptWord, state: Partial<PublicState> = {}) {
  return silenceOf(copyOf({ state }).snapshot, kept);
}

test('a newer copy that does not name what was open says that it is over, and of what ended lately that it is gone', () => {
  expect(silence(running)).toBe('ended');
  expect(silence(over)).toBe('gone');
});

test('it says nothing by not naming what it need not name', () => {
  expect(silence({ ...over, ended_at: daysAgo(15) })).toBeNull();
  expect(silence({ ...over, retracted: { at: daysAgo(2), reason: 'A rehearsal.' } })).toBeNull();
  expect(silence(running, { left_out: { components: 0, incidents: 1, valid_until: null } })).toBeNull();
  expect(silence(running, { left_out: { components: 9, incidents: 0, valid_until: null } })).toBe('ended');
});

test('nothing is to be heard from a copy that names it, or that is no newer', () => {
  const named = [open('incident0001', 'Cards are down')];
  expect(silence(running, { incidents: named })).toBeNull();
  expect(silence(over, { recent: named })).toBeNull();
  const { generated_at } = copyOf().snapshot;
  expect(silence({ ...running, as_of: generated_at })).toBeNull();
});
