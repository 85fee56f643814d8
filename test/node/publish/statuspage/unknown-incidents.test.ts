import { expect, test } from 'vitest';
import type { Blindness, BlindSpan } from '../../../../src/model/blind-spans.ts';
import { isoTime } from '../../../../src/model/clock.ts';
import { pageFacts } from '../../../../src/node/publish/page-facts.ts';
import { wireState } from '../../../../src/node/publish/statuspage/state.ts';
import { unknownIncidents } from '../../../../src/node/publish/statuspage/unknown-incidents.ts';
import { createWorld, MINUTE, NOW } from '../world.ts';

const published = createWorld().published(NOW);
const facts = pageFacts(published);
const { components } = wireState(facts, published);
const daysAgo = (days: number) => isoTime(NOW - days * 24 * 60 * MINUTE);
const span = (from: number, until: number | null): BlindSpan => ({
  from: daysAgo(from),
  until: until === null ? null : daysAgo(until),
  components: ['api'],
});
const said = (blindness: Partial<Blindness>) =>
  unknownIncidents(facts, { spans: [], told: [], never: [], ...blindness }, components);

test('the ten newest that ended stay listed, and besides them what goes on', () => {
  const spans = Array.from({ length: 12 }, (_, n) => span(13 - n, 12.5 - n));
  const listed = said({ spans: [...spans, span(0.1, null)] });
  expect(listed.map(({ started_at }) => started_at)).toEqual([...spans.slice(2).map(({ from }) => from), daysAgo(0.1)]);
});

test('one that ended stays for fourteen days, one that goes on for as long as it does', () => {
  expect(said({ spans: [span(16, 15), span(15, 13)] }).map(({ resolved_at }) => resolved_at)).toEqual([daysAgo(13)]);
  expect(said({ spans: [span(20, null)] })).toHaveLength(1);
});

test('no two share a code, also not those that began at one time, and no two updates', () => {
  const all = said({ spans: [span(3, 2), span(1, null)], told: [span(1, null)], never: ['ledger'] });
  const ids = all.flatMap(({ id, incident_updates }) => [id, ...incident_updates.map((update) => update.id)]);
  expect(all.map(({ incident_updates }) => incident_updates.length)).toEqual([2, 1, 1, 1]);
  expect(new Set(ids).size).toBe(ids.length);
});
