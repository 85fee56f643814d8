import 'fake-indexeddb/auto';
import { createHash } from 'node:crypto';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { HeldCopy } from '../../src/enhance/held-copy.ts';
import { keepPart } from '../../src/enhance/keep.ts';
import { pageExtras } from '../../src/enhance/page-extras.ts';
import type { PageAddress } from '../../src/enhance/page-facts.ts';
import type { PublicIncident } from '../../src/model/snapshot.ts';
import { copyOf } from './copies.ts';

const CODE = 'summer000001';
const FILE = `/api/lifeboat/v1/incidents/${CODE}.json`;
const address: PageAddress = { family: 'incident', code: CODE, month: null, timeZone: 'Etc/UTC' };
const record: PublicIncident = {
  ...{ code: CODE, name: 'Cards were down', status: 'resolved', impact: 'major', components: [], conflict: false },
  ...{ started_at: '2026-07-31T00:00:00.000Z', updated_at: '2026-08-01T00:00:00.000Z' },
  ...{ resolved_at: '2026-08-01T00:00:00.000Z', updates: [] },
};

beforeAll(async () => {
  const text = JSON.stringify(record);
  await keepPart(FILE, { root: '', hash: 'abc', text, as_of: '2026-11-22T03:00:00.000Z' });
});

afterEach(() => {
  vi.unstubAllGlobals();
});

/** A page of an incident whose hosts have nothing to give, unless it is told of some. */
function open(hosts: readonly string[] = []) {
  const seen: (string | undefined)[] = [];
  const extras = pageExtras(address, hosts, () => seen.push(extras.found().record?.record.name));
  return { extras, seen };
}

/** Every host has the incident's own file as `text`; gives the copy that vouches for it and states `incident`. */
function publish(text: string, incident: PublicIncident): HeldCopy {
  const hash = (file: string) => createHash('sha256').update(file).digest('hex');
  const list = JSON.stringify({ [FILE]: hash(text) });
  const files = new Map([list, text].map((file) => [`${hash(file)}.json`, file]));
  vi.stubGlobal('fetch', async (url: string) => {
    const file = files.get(url.slice(url.lastIndexOf('/') + 1));
    return new Response(file ?? '', {
      status: file === undefined ? 404 : 200,
      headers: { 'content-type': 'application/json' },
    });
  });
  const copy = copyOf({ state: { incidents: [incident], uptime: { until: '2026-11-21', components: {} } } });
  return { ...copy, snapshot: { ...copy.snapshot, parts: hash(list) } };
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

  test('is asked for again where the snapshot says something else, although no time has moved', async () => {
    const reopened: PublicIncident = { ...record, status: 'investigating', impact: 'critical', resolved_at: null };
    const copy = publish(JSON.stringify(reopened), reopened);
    const { extras } = open(['https://status.example']);
    await extras.open(copy);
    await extras.bring(copy);
    expect(extras.found().record).toEqual({ record: reopened, as_of: copy.snapshot.generated_at });
  });

  test('is never what another organisation said at the same address', async () => {
    const { extras } = open();
    const copy = { ...copyOf(), root: 'another' };
    await extras.open(copy);
    await extras.bring(copy);
    expect(extras.found().record).toBeNull();
  });
});
