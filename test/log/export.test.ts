import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { verifyEvent } from '../../src/log/event.ts';
import { exportDigest, exportLines } from '../../src/log/export.ts';
import { KIND, type SignedEvent } from '../../src/model/event.ts';
import { stubOf } from '../../src/model/purge.ts';
import { chained, event, keyNumber, ORG, rosterFor } from './signing.ts';

const author = keyNumber(1);
const EVENTS: readonly SignedEvent[] = [
  rosterFor([{ key: author, roles: ['commander'] }]),
  ...Array.from({ length: 12 }, (_, n) => chained({ s: n, id: null }, `{"n":${n},"text":"ação 🛟\\n\\u001b"}`, author)),
];
const pulse = event({ kind: KIND.pulse, d: 'lb1:pulse' }, author);
const linesOf = (text: string) => text.split('\n').slice(0, -1);

describe('exportLines', () => {
  test('gives the same bytes and the same digest for any order and any repetition', () => {
    const [lines, digest] = [exportLines(EVENTS), exportDigest(EVENTS)];
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...EVENTS], { minLength: EVENTS.length }),
        fc.infiniteStream(fc.nat(12)),
        (a, more) => {
          const repeated = [...a, ...[...more.take(5)].flatMap((n) => EVENTS[n] ?? [])];
          return exportLines(repeated) === lines && exportDigest(repeated) === digest;
        },
      ),
    );
  });

  test('writes one whole, verifiable event a line, sorted by id, and no hints', () => {
    const lines = linesOf(exportLines([pulse, ...EVENTS]));
    const ids = lines.map((line) => (JSON.parse(line) as SignedEvent).id);
    expect(ids).toEqual(EVENTS.map(({ id }) => id).sort());
    for (const line of lines) expect(verifyEvent(JSON.parse(line), ORG).type).toBe('ok');
  });

  test('writes canonical JSON, whatever order and whatever more the fields of an event have', () => {
    const [first, ...others] = EVENTS.map((one) => ({ more: 1, ...Object.fromEntries(Object.entries(one).reverse()) }));
    const lines = exportLines([first, ...others] as unknown as SignedEvent[]);
    expect(lines).toBe(exportLines(EVENTS));
    expect(linesOf(lines)[0]).toMatch(
      /^\{"content":.*,"created_at":\d+,"id":.*,"kind":\d+,"pubkey":.*,"sig":.*,"tags":/,
    );
  });

  test('keeps what was purged to one line without its content, the same on a copy that never held it', () => {
    const [one, two] = EVENTS.slice(1);
    if (one === undefined || two === undefined) throw new Error('no events');
    const roster = { purged: new Set([one.id, two.id]), stubs: [stubOf(one)] };
    const text = exportLines(EVENTS, roster);
    expect(text).not.toContain(one.sig);
    expect(text).toContain(
      `{"kind":3914,"pubkey":"${one.pubkey}","purged":"${one.id}","tags":${JSON.stringify(one.tags)}}\n`,
    );
    expect(text).toContain(`{"purged":"${two.id}"}\n`);
    const others = EVENTS.filter(({ id }) => !roster.purged.has(id));
    for (const copy of [others, [...others, stubOf(one)], [...others, stubOf(one), stubOf(two)]]) {
      expect(exportLines(copy, roster)).toBe(text);
      expect(exportDigest(copy, roster)).toBe(exportDigest(EVENTS));
    }
  });

  test('gives the empty text for the empty log', () => {
    expect(exportLines([])).toBe('');
  });
});

test('the digest can be worked out from the file with other tools', () => {
  const ids = linesOf(exportLines(EVENTS)).map((line) => `${(JSON.parse(line) as SignedEvent).id}\n`);
  expect(exportDigest(EVENTS)).toBe(createHash('sha256').update(ids.join('')).digest('hex'));
  expect(exportDigest(EVENTS.slice(1))).not.toBe(exportDigest(EVENTS));
});
