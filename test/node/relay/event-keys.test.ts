import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countNames, misfitOfKeys } from '../../../src/node/relay/event-keys.ts';
import { firstRoster, responder, update } from './organisation.ts';
import { client, now, relay } from './running.ts';

/** The members of all objects in a value that JSON.parse gave. */
function members(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const inside = Object.values(value).reduce((sum: number, one) => sum + members(one), 0);
  return inside + (Array.isArray(value) ? 0 : Object.keys(value).length);
}

const event = update(responder, 'text with "quotes", {braces}: colons, \\ and \\"');
const fields = JSON.stringify(event).slice(1, -1);

describe('the keys of an event', () => {
  test('are counted as JSON.parse finds them, in every valid text', () => {
    const texts = fc.json({ stringUnit: fc.constantFrom('"', '\\', ':', '{', 'a', '\ud800') });
    fc.assert(
      fc.property(fc.oneof(fc.json(), texts), fc.constantFrom(0, 1, '\t'), (text, indent) => {
        const value: unknown = JSON.parse(text);
        expect(countNames(JSON.stringify(value, undefined, indent))).toBe(members(value));
        expect(countNames(`[${text},{"a":0,"a":${text}}]`)).toBe(2 * countNames(text) + 2);
      }),
      { numRuns: 3_000 },
    );
  });

  test('are those seven, once each', () => {
    const misfit = (text: string) => misfitOfKeys(JSON.parse(text), text);
    expect(misfit(`{${fields}}`)).toBeUndefined();
    expect(misfit(JSON.stringify(event, undefined, 2))).toBeUndefined();
    for (const extra of [
      '"content":"evil"',
      '"c\\u006fntent":"evil"',
      '"\\ud800":1',
      '"__proto__":{}',
      '"more":1',
      '"":0',
    ]) {
      expect(misfit(`{${extra},${fields}}`)).toMatch(/^it has a key/);
      expect(misfit(`{${fields},${extra}}`)).toMatch(/^it has a key/);
    }
  });

  test('decide at both doors, and nothing of a refused event is stored', async () => {
    const { url } = await relay({ now });
    const one = await client(url);
    await one.publish(firstRoster);
    const bad = ['"content":"evil"', '"\\ud800":1', '"sig":""'].map((extra) => `{${extra},${fields}}`);
    const response = await fetch(`${url.replace('ws', 'http')}/events`, { method: 'POST', body: bad.join('\n') });
    const verdicts = (await response.text()).trim().split('\n');
    expect(verdicts).toHaveLength(bad.length);
    for (const verdict of verdicts) {
      expect(JSON.parse(verdict)).toEqual(['OK', event.id, false, expect.stringMatching(/^invalid: it has a key/)]);
    }
    for (const text of bad) {
      one.sayText(`["EVENT",${text}]`);
      expect(await one.next('OK', event.id, false)).toEqual([
        'OK',
        event.id,
        false,
        expect.stringMatching(/^invalid: it has a key/),
      ]);
    }
    expect(await one.fetch({})).toEqual([firstRoster]);
    expect(await one.publish(event)).toEqual([true, '']);
  });
});
