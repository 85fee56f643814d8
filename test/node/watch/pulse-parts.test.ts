import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MAX_EVENT_BYTES, publicKeyOf } from '../../../src/log/event.ts';
import { openLog } from '../../../src/log/log.ts';
import { createMemoryStore } from '../../../src/log/store/memory-store.ts';
import { canonical } from '../../../src/model/canonical.ts';
import { isoTime } from '../../../src/model/clock.ts';
import { chainName, KIND, type SignedEvent, tagValue } from '../../../src/model/event.ts';
import type { Observation, Pulse, Subject } from '../../../src/model/pulse.ts';
import { PULSE_PARTS_MAX } from '../../../src/model/pulse-place.ts';
import { nodePlatform } from '../../../src/node/platform.ts';
import { pulseParts } from '../../../src/node/watch/pulse-parts.ts';
import { createPulseWriter } from '../../../src/node/watch/pulse-writer.ts';

const KEY = new Uint8Array(32).fill(7);
const NOW = Date.now();
const VALID_MS = 90_000;
const at = isoTime(NOW - 1000);

const subjectsTo = (most: number): Subject[] => Array.from({ length: most }, (_, n): Subject => `component:berth-${n}`);
const sees = (subject: Subject, detail: string | null = 'HTTP 200 after 120 ms.'): Observation => {
  return { subject, status: 'operational', checked_at: at, changed_at: at, detail };
};

async function openPen() {
  const log = await openLog({ root: publicKeyOf(KEY), relays: [], store: createMemoryStore(), platform: nodePlatform });
  log.unlock(KEY);
  const pulses = () => log.events().filter(({ kind }) => kind === KIND.pulse);
  const writerFor = (subjects: readonly Subject[]) =>
    createPulseWriter({ log, vantage: 'north', subjects, valid_ms: VALID_MS });
  return { log, pulses, writerFor };
}

const pulseOf = ({ content }: SignedEvent) => JSON.parse(content) as Pulse;
const saidIn = (pulses: readonly SignedEvent[]) =>
  Object.fromEntries(pulses.map((event) => [tagValue(event, 'd'), pulseOf(event).observations.length]));
const place = (org: string, part: number) => chainName.pulse(org, 'north', part);

describe('a watcher’s pulse', () => {
  test('of a small site is one event in the one place, word for word what is seen', async () => {
    const { log, pulses, writerFor } = await openPen();
    const seen = [...subjectsTo(250), 'vendor:chat' as const].map((subject) => sees(subject));
    await writerFor(seen.map(({ subject }) => subject))(seen, NOW);
    const [only, ...others] = pulses();
    expect(others).toEqual([]);
    expect(only && tagValue(only, 'd')).toBe(`lb1:${log.org}:pulse:north`);
    const [made, ends] = [isoTime(NOW), isoTime(NOW + VALID_MS)];
    expect(only?.content).toBe(canonical({ v: 1, vantage: 'north', at: made, valid_until: ends, observations: seen }));
    await log.close();
  });

  test('of nothing is one empty event: the watcher lives', async () => {
    const { log, pulses, writerFor } = await openPen();
    await writerFor([])([], NOW);
    expect(saidIn(pulses())).toEqual({ [place(log.org, 1)]: 0 });
    await log.close();
  });

  test('of 539 components is two events of one moment, each of which a relay takes', async () => {
    const { log, pulses, writerFor } = await openPen();
    const seen = subjectsTo(539).map((subject) => sees(subject));
    await writerFor(seen.map(({ subject }) => subject))(seen, NOW);
    const parts = pulses().map(pulseOf);
    expect(parts.map((part) => part.at)).toEqual([isoTime(NOW), isoTime(NOW)]);
    expect(parts.flatMap(({ observations }) => observations).toSorted(bySubject)).toEqual(seen.toSorted(bySubject));
    for (const event of pulses()) expect(JSON.stringify(event).length).toBeLessThanOrEqual(MAX_EVENT_BYTES);
    await log.close();
  });

  test('lets the details give way where they are too long together: of what is well first', async () => {
    const { log, pulses, writerFor } = await openPen();
    const subjects = subjectsTo(280);
    const long = 'ü'.repeat(150);
    const seen = subjects.map((subject, n): Observation => {
      return n % 10 === 0 ? { ...sees(subject, long), status: 'major_outage' } : sees(subject, long);
    });
    await writerFor(subjects)(seen, NOW);
    const [part] = pulses().map(pulseOf);
    expect(part?.observations.map(({ detail }) => detail)).toEqual(seen.map((_, n) => (n % 10 === 0 ? long : null)));
    await writerFor(subjects)(
      seen.map((one) => ({ ...one, status: 'major_outage' })),
      NOW,
    );
    const worst = pulses().map(pulseOf)[0]?.observations;
    expect(worst?.map(({ status, detail }) => `${status} ${detail}`)).toEqual(seen.map(() => 'major_outage null'));
    await log.close();
  });

  test('empties the parts that an earlier start needed, and says so once', async () => {
    const { log, pulses, writerFor } = await openPen();
    const many = subjectsTo(900).map((subject) => sees(subject));
    await writerFor(many.map(({ subject }) => subject))(many, NOW);
    expect(pulses()).toHaveLength(4);
    const few = many.slice(0, 300);
    const write = writerFor(few.map(({ subject }) => subject));
    await write(few, NOW + 1000);
    const [first, second, ...emptied] = [1, 2, 3, 4].map((part) => saidIn(pulses())[place(log.org, part)]);
    expect([(first ?? 0) + (second ?? 0), emptied]).toEqual([300, [0, 0]]);
    const before = pulses().map(({ id }) => id);
    await write(few, NOW + 2000);
    expect(pulses().filter(({ id }) => before.includes(id))).toHaveLength(2);
    await log.close();
  });
});

describe('dealing subjects out over parts', () => {
  test('leaves none out, doubles none and keeps their order, as long as they fit at all', () => {
    const id = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,39}$/);
    fc.assert(
      fc.property(fc.uniqueArray(id, { maxLength: 900, size: 'max' }), (ids) => {
        const subjects = ids.map((one): Subject => `component:${one}`);
        const parts = pulseParts('0'.repeat(32), 'north', subjects);
        expect(parts.flat()).toEqual(subjects);
        expect(parts.length === 1 || parts.every((part) => part.length > 0)).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  test('moves nothing where a component is added at the end', () => {
    const parts = pulseParts('0'.repeat(32), 'north', subjectsTo(601));
    const before = parts.map((part) => part.filter((subject) => subject !== 'component:berth-600'));
    expect(pulseParts('0'.repeat(32), 'north', subjectsTo(600))).toEqual(before);
  });

  test('refuses more than all parts hold, in one sentence that says how many one watcher can speak of', () => {
    const subjects = subjectsTo(6000);
    let most = 0;
    try {
      pulseParts('0'.repeat(32), 'north', subjects);
    } catch (error) {
      expect(String(error)).toMatch(/^\S+ site\.yaml names 6000 components .* share them among several watchers\.$/);
      most = Number(/can speak of (\d+)/.exec(String(error))?.[1]);
    }
    expect(pulseParts('0'.repeat(32), 'north', subjects.slice(0, most))).toHaveLength(PULSE_PARTS_MAX);
    expect(() => pulseParts('0'.repeat(32), 'north', subjects.slice(0, most + 1))).toThrow('one watcher can speak of');
  });
});

function bySubject(a: Observation, b: Observation): number {
  return a.subject < b.subject ? -1 : 1;
}
