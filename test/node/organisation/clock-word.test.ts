import { expect, test } from 'vitest';
import { publicKeyOf, signEvent } from '../../../src/log/event.ts';
import { KIND } from '../../../src/model/event.ts';
import { behindWord, clockWord } from '../../../src/node/organisation/clock-word.ts';

const NOW = Date.UTC(2026, 10, 22, 12);
const [KEY, OTHER] = [new Uint8Array(32).fill(3), new Uint8Array(32).fill(4)];
const signed = (kind: number, aheadMs: number, key = KEY) =>
  signEvent({ kind, created_at: (NOW + aheadMs) / 1000, tags: [['d', 'x']], content: '{}' }, key);
const said = (...events: ReturnType<typeof signed>[]) =>
  clockWord({ events: () => events, pubkey: publicKeyOf(KEY) }, 'move watcher.db aside.', NOW);

test('a key that once signed far ahead of the clock is told that relays refuse it, until when, and what mends it', () => {
  expect(said(signed(KIND.pulse, 0), signed(KIND.pulse, 3_600_000))).toBe(
    'This key last signed with a clock that stood at 2026-11-22 13:00 UTC, and relays refuse what it signs before then: move watcher.db aside.',
  );
});

test('nothing is said of a clock a little ahead, of regular events, and of what others signed', () => {
  expect(
    said(signed(KIND.pulse, 900_000), signed(KIND.public, 9_000_000), signed(KIND.pulse, 9_000_000, OTHER)),
  ).toBeNull();
  expect(said()).toBeNull();
});

test('who posts is told of a clock that those whom the roster knows are well ahead of', () => {
  const roster = (removed: boolean) => ({ keys: new Map([[publicKeyOf(OTHER), { removed }]]) });
  const told = (removed: boolean, ...events: ReturnType<typeof signed>[]) =>
    behindWord({ events: () => events, pubkey: publicKeyOf(KEY), roster: () => roster(removed) as never }, NOW);
  const [late, near] = [signed(KIND.pulse, 3_600_000, OTHER), signed(KIND.pulse, 120_000, OTHER)];
  expect(told(false, near, late)).toMatch(/^This machine's clock is at least 60 minutes behind that of a watcher/);
  expect([told(false, near), told(true, late), told(false, signed(KIND.pulse, 3_600_000))]).toEqual([null, null, null]);
});
