import { afterEach, describe, expect, test, vi } from 'vitest';
import type { HeldCopy } from '../../src/enhance/held-copy.ts';
import { remember } from '../../src/enhance/known-publishers.ts';
import type { Place } from '../../src/enhance/places.ts';
import { refresh } from '../../src/enhance/refresh.ts';
import { raiseSeen } from '../../src/enhance/seen.ts';
import type { Shelf } from '../../src/enhance/shelf.ts';
import { publicKeyOf } from '../../src/log/event.ts';
import { isoTime } from '../../src/model/clock.ts';
import { KEYS, NOW, ROOT, snapshot } from '../log/published/record.ts';

const DAY_S = 86_400;
const PUBLISHER = publicKeyOf(KEYS.publisher);
const state = { groups: [], components: [], incidents: [], recent: [], maintenances: [] };

afterEach(() => {
  vi.unstubAllGlobals();
});

/** A snapshot that the publisher signed `age` seconds ago. */
function signed(age: number): string {
  const at = NOW - age * 1_000;
  return snapshot('publisher', {
    seq: at / 1_000,
    state,
    generated_at: isoTime(at),
    valid_until: isoTime(at + 120_000),
  });
}

/** A reader's device that knows the publisher, and has seen what it signed `seen` seconds ago. */
function deviceThatSaw(seen: number) {
  const held = new Map<string, string>();
  const shelf = {
    getItem: (key: string) => held.get(key) ?? null,
    setItem: (key: string, text: string) => void held.set(key, text),
  };
  remember(shelf, { root: ROOT, keys: [PUBLISHER], checked_at: NOW });
  raiseSeen(shelf, PUBLISHER, NOW / 1_000 - seen);
  return shelf;
}

type Host = 'origin' | 'mirror';
type Clocks = Readonly<Partial<Record<Host, number>>>;

/** One round: what `origin` and `mirror` give, in the order in which they are asked; `clocks`: how many ms they are ahead. */
async function round(
  given: Readonly<Record<Host, string>>,
  { shelf = deviceThatSaw(DAY_S), clocks = {} }: { readonly shelf?: Shelf; readonly clocks?: Clocks } = {},
) {
  vi.stubGlobal('fetch', async (host: Host) => {
    const headers = new Headers({ 'content-type': 'application/json' });
    const ahead = clocks[host];
    if (ahead !== undefined) headers.set('date', new Date(Date.now() + ahead).toUTCString());
    return new Response(given[host], { headers });
  });
  const places = (['origin', 'mirror'] as const).map(
    (host): Place => ({ source: host, host, snapshot: host, files: null }),
  );
  const shown: HeldCopy[] = [];
  const { trouble } = await refresh({ root: ROOT, places, shelf, held: null, now: () => NOW }, (copy) =>
    shown.push(copy),
  );
  return { hosts: shown.map(({ host }) => host), trouble };
}

describe('a round of asking', () => {
  const lastShown = async (origin: string, mirror: string) => (await round({ origin, mirror })).hosts.at(-1);

  test('shows a mirror’s good copy although the origin’s carries a time ahead of the clock', async () => {
    expect(await lastShown(signed(-DAY_S), signed(20))).toBe('mirror');
  });

  test('takes no copy for one of the future where every host says that it is this device that is behind', async () => {
    const given = { origin: signed(-180), mirror: signed(70) };
    const shown = async (clocks: Clocks) => (await round(given, { clocks })).hosts.at(-1);
    expect(await shown({ origin: 180_000, mirror: 180_000 })).toBe('origin');
    // One who finds this device's clock right is two with it.
    expect(await shown({ origin: 180_000, mirror: 0 })).toBe('mirror');
    expect(await shown({})).toBe('mirror');
  });

  test('asks a mirror for what is newer where the origin’s is in the second half of its life', async () => {
    expect(await lastShown(signed(80), signed(20))).toBe('mirror');
    expect(await lastShown(signed(80), signed(90))).toBe('origin');
  });

  test('takes no older state of a publisher than this device has seen, and says so', async () => {
    const shelf = deviceThatSaw(10);
    expect(await round({ origin: signed(20), mirror: signed(15) }, { shelf })).toEqual({ hosts: [], trouble: 'older' });
    expect(await round({ origin: signed(20), mirror: signed(10) }, { shelf })).toEqual({
      hosts: ['mirror'],
      trouble: null,
    });
  });
});
