import { describe, expect, test } from 'vitest';
import { MAX_EVENT_BYTES, publicKeyOf, verifyEvent } from '../../../src/log/event.ts';
import { openLog } from '../../../src/log/log.ts';
import { createMemoryStore } from '../../../src/log/store/memory-store.ts';
import { isoTime } from '../../../src/model/clock.ts';
import { KIND } from '../../../src/model/event.ts';
import type { ObservationBody } from '../../../src/model/public-content.ts';
import type { Subject } from '../../../src/model/pulse.ts';
import type { ComponentStatus } from '../../../src/model/status.ts';
import { nodePlatform } from '../../../src/node/platform.ts';
import { owedDays } from '../../../src/node/watch/daybook.ts';
import { type Earlier, earlier } from '../../../src/node/watch/watcher-log.ts';

const KEY = new Uint8Array(32).fill(7);
const DAY = '2026-11-22';
const NOON = Date.parse(`${DAY}T12:00:00.000Z`);
const NOW = NOON + 86_400_000;
const VANTAGE = 'a watcher with a rather long name for where it looks from';

const subjectsTo = (most: number): Subject[] =>
  Array.from({ length: most }, (_, n): Subject => `component:berth-at-the-far-end-of-the-quay-${n}`);
/** Each status once on that day. */
const restless = (subject: Subject): ObservationBody[] =>
  (['operational', 'degraded_performance', 'major_outage', 'unknown'] satisfies ComponentStatus[]).map((status, n) => {
    const at = isoTime(NOON + n * 3_600_000);
    return { subject, status, checked_at: at, changed_at: at, detail: null, vantage: VANTAGE, from: 'unknown' };
  });
const nothingTold = (transitions: readonly ObservationBody[]): Earlier => ({
  transitions,
  days: new Map(),
  pulses: [],
});
const subjectsOf = (days: ReturnType<typeof owedDays>) => days.flatMap(({ seconds }) => Object.keys(seconds));

describe('a watcher\u2019s day', () => {
  test('of a small site is one event', () => {
    const subjects = subjectsTo(100);
    const days = owedDays(nothingTold(subjects.flatMap(restless)), VANTAGE, subjects, NOW);
    expect(days.map(({ day }) => day)).toEqual([DAY]);
    expect(subjectsOf(days)).toEqual(subjects);
  });

  test('of 2,000 components that had every status is several, each of which a relay takes', async () => {
    const subjects = subjectsTo(2_000);
    const days = owedDays(nothingTold(subjects.flatMap(restless)), VANTAGE, subjects, NOW);
    expect(days.length).toBeGreaterThan(1);
    expect(subjectsOf(days)).toEqual(subjects);
    const log = await openLog({
      root: publicKeyOf(KEY),
      relays: [],
      store: createMemoryStore(),
      platform: nodePlatform,
    });
    log.unlock(KEY);
    for (const day of days) {
      const event = await log.writePublic('day', day);
      expect(verifyEvent(event, log.org).type).toBe('ok');
      expect(Buffer.byteLength(JSON.stringify(event))).toBeLessThan(MAX_EVENT_BYTES);
    }
    const told = earlier(log, VANTAGE).days.get(DAY);
    expect([...(told ?? [])].sort()).toEqual(subjects.toSorted());
    expect(log.events().filter(({ kind }) => kind === KIND.public)).toHaveLength(days.length);
    await log.close();
  });

  test('that was told by half is told to its end, and no further', () => {
    const subjects = subjectsTo(2_000);
    const transitions = subjects.flatMap(restless);
    const [first, ...rest] = owedDays(nothingTold(transitions), VANTAGE, subjects, NOW);
    const days = new Map([[DAY, new Set(Object.keys(first?.seconds ?? {}))]]);
    expect(owedDays({ transitions, days, pulses: [] }, VANTAGE, subjects, NOW)).toEqual(rest);
    // One that came into site.yaml later was not watched then.
    const later = { ...nothingTold(transitions), days: new Map([[DAY, new Set<string>(subjects)]]) };
    expect(owedDays(later, VANTAGE, [...subjects, 'component:new'], NOW)).toEqual([]);
  });

  test('is never made up for a component that was out of site.yaml on it, whatever was last said of it', () => {
    const [back, other] = subjectsTo(2) as [Subject, Subject];
    const transitions = [...restless(back), ...restless(other)];
    const told = (day: string, ...subjects: Subject[]) => [day, new Set<string>(subjects)] as const;
    const days = new Map([told(DAY, back, other), told('2026-11-23', other), told('2026-11-24', other)]);
    const now = NOW + 2 * 86_400_000;
    expect(owedDays({ transitions, days, pulses: [] }, VANTAGE, [back, other], now)).toEqual([]);
  });
});
