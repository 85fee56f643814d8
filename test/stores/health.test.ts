import { afterEach, describe, expect, test } from 'vitest';
import { publicKeyOf, signEvent } from '../../src/log/event.ts';
import { openLog } from '../../src/log/log.ts';
import { signRootRoster } from '../../src/log/people/roster-writer.ts';
import { createMemoryStore } from '../../src/log/store/memory-store.ts';
import { canonical } from '../../src/model/canonical.ts';
import { isoTime } from '../../src/model/clock.ts';
import { chainName, KIND, organisation } from '../../src/model/event.ts';
import type { PublicComponent, Snapshot } from '../../src/model/snapshot.ts';
import type { ComponentStatus } from '../../src/model/status.ts';
import { nodePlatform } from '../../src/node/platform.ts';
import { $now } from '../../src/stores/clock.ts';
import { $groups, $incidents, $mode } from '../../src/stores/health.ts';
import { followLog } from '../../src/stores/log.ts';

const ROOT = new Uint8Array(32).fill(1);
const WATCHER = new Uint8Array(32).fill(2);
const PUBLISHER = new Uint8Array(32).fill(3);
const root = publicKeyOf(ROOT);
const org = organisation(root);
const NOW = Date.UTC(2026, 10, 22, 3, 12);
const MINUTE = 60_000;

const roster = signRootRoster(
  ROOT,
  {
    grants: [
      { pk: publicKeyOf(WATCHER), member: 'w', roles: ['watcher'], vantage: 'north' },
      { pk: publicKeyOf(PUBLISHER), member: 'p', roles: ['publisher'] },
    ],
  },
  NOW,
);

function hint(kind: number, d: string, content: unknown, key: Uint8Array) {
  const template = {
    kind,
    created_at: NOW / 1000,
    tags: [
      ['o', org],
      ['d', d],
    ],
    content: canonical(content),
  };
  return signEvent(template, key);
}

const pulse = (status: ComponentStatus, at = NOW) =>
  hint(
    KIND.pulse,
    chainName.pulse(org, 'north'),
    {
      v: 1,
      vantage: 'north',
      at: isoTime(at),
      valid_until: isoTime(at + MINUTE),
      observations: [
        {
          subject: 'component:cards',
          status,
          checked_at: isoTime(at),
          changed_at: null,
          detail: 'HTTP 200 after 5 ms.',
        },
      ],
    },
    WATCHER,
  );

const snapshot = (status: ComponentStatus, key = PUBLISHER) => {
  const component: PublicComponent = {
    id: 'cards',
    name: 'Card payments',
    description: null,
    group: null,
    status,
    checked_at: isoTime(NOW),
    changed_at: null,
    valid_until: null,
  };
  const content: Snapshot = {
    v: 1,
    seq: 1,
    page: { name: 'Tidewater Pay', url: null, language: 'en', time_zone: 'Etc/UTC' },
    generated_at: isoTime(NOW),
    valid_until: isoTime(NOW + 10 * MINUTE),
    state: { groups: [], components: [component], incidents: [], recent: [] },
    parts: '0'.repeat(64),
  };
  return hint(KIND.snapshot, chainName.snapshot(org), content, key);
};

describe('the health that the bridge shows', () => {
  let stop = () => {};
  afterEach(() => stop());

  async function cards(events: readonly unknown[], now = NOW + 1000) {
    const log = await openLog({ root, relays: [], store: createMemoryStore(), platform: nodePlatform });
    await log.add([roster, ...events]);
    stop = followLog(log, nodePlatform);
    $now.set(now);
    return $groups.get()[0]?.rows[0];
  }

  test('is nothing at all before anything was heard: no row, no incident list, no green', async () => {
    expect(await cards([])).toBe(undefined);
    expect([$incidents.get(), $mode.get()]).toEqual([null, 'normal']);
  });

  test('names a component from the snapshot and believes a fresh watcher', async () => {
    expect(await cards([pulse('operational'), snapshot('operational')])).toMatchObject({
      name: 'Card payments',
      status: 'operational',
      freshness: 'fresh',
      vantages: ['north'],
    });
  });

  test('shows the worse word where people said worse than the watchers saw, without their "HTTP 200"', async () => {
    const row = await cards([pulse('operational'), snapshot('partial_outage')]);
    expect(row).toMatchObject({ status: 'partial_outage', detail: null, vantages: [] });
  });

  test('decays to unknown by itself, and keeps what was last known with its age', async () => {
    const row = await cards([pulse('operational'), snapshot('operational')], NOW + 20 * MINUTE);
    expect(row).toMatchObject({ status: 'unknown', last: 'operational', freshness: 'expired', checkedAt: NOW });
  });

  test('believes no snapshot of a key that is no publisher', async () => {
    const row = await cards([snapshot('operational', WATCHER)]);
    expect(row).toBe(undefined);
  });

  test('takes a pulse from far ahead of its own clock for nothing', async () => {
    expect((await cards([pulse('operational', NOW + 10 * MINUTE)]))?.status).toBe('unknown');
  });
});
