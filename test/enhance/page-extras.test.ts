import 'fake-indexeddb/auto';
import { beforeAll, describe, expect, test } from 'vitest';
import { keepPart } from '../../src/enhance/keep.ts';
import { pageExtras } from '../../src/enhance/page-extras.ts';
import type { PageAddress } from '../../src/enhance/page-facts.ts';
import { copyOf } from './copies.ts';

const CODE = 'summer000001';
const address: PageAddress = { family: 'incident', code: CODE, month: null, timeZone: 'Etc/UTC' };
const record = { code: CODE, name: 'Cards were down', updated_at: '2026-08-01T00:00:00.000Z' };

beforeAll(async () => {
  const text = JSON.stringify(record);
  await keepPart(`/api/lifeboat/v1/incidents/${CODE}.json`, { hash: 'abc', text, as_of: '2026-11-22T03:00:00.000Z' });
});

/** A page of an incident whose hosts have nothing to give. */
function open() {
  const seen: (string | undefined)[] = [];
  const extras = pageExtras(address, [], () => seen.push(extras.found().record?.record.name));
  return { extras, seen };
}

describe('what a page shows beside its snapshot', () => {
  test('is what this device holds, also where the news comes before its database has opened', async () => {
    const { extras, seen } = open();
    const [held, brought] = [extras.open(copyOf({ age: 60 })), extras.bring(copyOf())];
    await Promise.all([held, brought]);
    expect(seen[0]).toBe(record.name);
    expect(extras.found().record).toMatchObject({ record });
  });

  test('is brought once for each copy', async () => {
    const { extras, seen } = open();
    await extras.open(copyOf());
    await extras.bring(copyOf());
    const after = seen.length;
    await extras.bring(copyOf());
    expect(seen).toHaveLength(after);
    await extras.bring(copyOf({ age: 1 }));
    expect(seen.length).toBeGreaterThan(after);
  });
});
