import { afterEach, describe, expect, test } from 'vitest';
import { publicKeyOf, signEvent } from '../../src/log/event.ts';
import { openLog } from '../../src/log/log.ts';
import { signRootRoster } from '../../src/log/people/roster-writer.ts';
import { createMemoryStore } from '../../src/log/store/memory-store.ts';
import { canonical } from '../../src/model/canonical.ts';
import { isoTime } from '../../src/model/clock.ts';
import { chainName, KIND, organisation } from '../../src/model/event.ts';
import type { PublicComponent, PublicIncident, Snapshot } from '../../src/model/snapshot.ts';
import type { ComponentStatus } from '../../src/model/status.ts';
import { nodePlatform } from '../../src/node/platform.ts';
import { $deviceNow } from '../../src/stores/clock.ts';
import { $incidents } from '../../src/stores/declared.ts';
import { $clockOffset } from '../../src/stores/device-clock.ts';
import { $groups, $mode } from '../../src/stores/health.ts';
import { followLog } from '../../src/stores/log.ts';

const ROOT = new Uint8Array(32).fill(1);
const WATCHER = new Uint8Array(32).fill(2);
const PUBLISHER = new Uint8Array(32).fill(3);
const RESPONDER = new Uint8Array(32).fill(4);
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
      { pk: publicKeyOf(RESPONDER), member: 'r', roles: ['responder'] },
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

const snapshot = (
  status: ComponentStatus,
  key = PUBLISHER,
  said: Partial<PublicComponent & { incident: PublicIncident }> = {},
) => {
  const { incident, ...over } = said;
  const component: PublicComponent = {
    id: 'cards',
    name: 'Card payments',
    description: null,
    group: null,
    status,
    checked_at: isoTime(NOW),
    changed_at: null,
    valid_until: null,
    ...over,
  };
  const content: Snapshot = {
    v: 1,
    seq: 1,
    page: { name: 'Tidewater Pay', url: null, language: 'en', time_zone: 'Etc/UTC' },
    generated_at: isoTime(NOW),
    valid_until: isoTime(NOW + 10 * MINUTE),
    state: {
      groups: [],
      components: [component],
      incidents: incident === undefined ? [] : [incident],
      recent: [],
      maintenances: [],
    },
    parts: '0'.repeat(64),
  };
  return hint(KIND.snapshot, chainName.snapshot(org), content, key);
};

const DECLARED = isoTime(NOW - 30 * MINUTE);

const update = (status: 'identified' | 'resolved' = 'identified') =>
  signEvent(
    {
      kind: KIND.public,
      created_at: NOW / 1000,
      tags: [
        ['o', org],
        ['d', chainName.status(org)],
      ],
      content: canonical({
        v: 1,
        type: 'incident.update',
        hlc: [NOW, 0],
        parents: [],
        at: DECLARED,
        body: {
          incident: 'abcdefghij12',
          name: 'Cards fail',
          status,
          impact: 'critical',
          text: 'We are looking.',
          lang: null,
          components: [{ id: 'cards', status: 'major_outage' }],
        },
      }),
    },
    RESPONDER,
  );

describe('the health that the bridge shows', () => {
  let stop = () => {};
  afterEach(() => {
    stop();
    $clockOffset.set(null);
  });

  async function cards(events: readonly unknown[], now = NOW + 1000) {
    const log = await openLog({ root, relays: [], store: createMemoryStore(), platform: nodePlatform });
    await log.add([roster, ...events]);
    stop = followLog(log, nodePlatform);
    $deviceNow.set(now);
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

  test('decays by the clock of others where this device’s is far behind', async () => {
    await cards([pulse('operational'), snapshot('operational')]);
    expect($groups.get()[0]?.rows[0]?.status).toBe('operational');
    $clockOffset.set(-20 * MINUTE);
    expect($groups.get()[0]?.rows[0]).toMatchObject({ status: 'unknown', last: 'operational', checkedAt: NOW });
    // One that is ahead lets nothing look younger.
    $clockOffset.set(20 * MINUTE);
    $deviceNow.set(NOW + 20 * MINUTE);
    expect($groups.get()[0]?.rows[0]?.status).toBe('unknown');
  });

  test('keeps what people declared as last known, however good what the watchers saw later', async () => {
    const said = { changed_at: DECLARED, checked_at: isoTime(NOW - MINUTE) };
    const row = await cards([pulse('operational'), snapshot('major_outage', PUBLISHER, said)], NOW + 20 * MINUTE);
    expect(row).toMatchObject({ status: 'unknown', last: 'major_outage', declared: true });
    expect([row?.changedAt, row?.checkedAt]).toEqual([Date.parse(DECLARED), NOW]);
  });

  test('keeps what an open incident declares even where the watchers once saw the same', async () => {
    const incident: PublicIncident = {
      code: 'abcdefghij12',
      name: 'Cards fail',
      status: 'identified',
      impact: 'critical',
      started_at: DECLARED,
      updated_at: DECLARED,
      resolved_at: null,
      components: [{ id: 'cards', status: 'major_outage' }],
      updates: [],
      conflict: false,
    };
    const said = { checked_at: isoTime(NOW - MINUTE), valid_until: isoTime(NOW + MINUTE), incident };
    const row = await cards([pulse('operational'), snapshot('major_outage', PUBLISHER, said)], NOW + 20 * MINUTE);
    expect(row).toMatchObject({ last: 'major_outage', declared: true, changedAt: Date.parse(DECLARED) });
  });

  test('lets a newer look of a watcher replace an older one that the snapshot repeats', async () => {
    const seen = { checked_at: isoTime(NOW - MINUTE), valid_until: isoTime(NOW + MINUTE) };
    const row = await cards([pulse('operational'), snapshot('major_outage', PUBLISHER, seen)], NOW + 20 * MINUTE);
    expect(row).toMatchObject({ status: 'unknown', last: 'operational', declared: false });
  });

  test('by a clock one day slow, keeps names and shows open incidents from this own log', async () => {
    const row = await cards([pulse('operational'), snapshot('operational'), update()], NOW - 24 * 60 * MINUTE);
    expect(row).toMatchObject({ name: 'Card payments', status: 'unknown', last: 'major_outage', checkedAt: NOW });
    expect($incidents.get()).toMatchObject({ source: 'log', open: [{ name: 'Cards fail' }] });
  });

  test('calls no component operational beside an open incident of this own log', async () => {
    expect(await cards([pulse('operational'), update()])).toMatchObject({ status: 'major_outage', declared: true });
  });

  test('takes a resolved incident of this own log for no open one, and its silence for no word', async () => {
    expect(await cards([pulse('operational'), update('resolved')])).toMatchObject({ last: 'operational' });
    expect($incidents.get()).toBe(null);
  });

  test('believes no snapshot of a key that is no publisher', async () => {
    const row = await cards([snapshot('operational', WATCHER)]);
    expect(row).toBe(undefined);
  });

  test('takes a pulse from far ahead of its own clock for nothing', async () => {
    expect((await cards([pulse('operational', NOW + 10 * MINUTE)]))?.status).toBe('unknown');
  });
});
