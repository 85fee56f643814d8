import { Statuspage as Client } from 'statuspage.io';
import { Statuspage, StatuspageUpdates } from 'statuspage.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Host, startHost } from '../../../../src/node/host/host.ts';
import { nodePlatform } from '../../../../src/node/platform.ts';
import { buildSite } from '../../../../src/node/publish/build.ts';
import { type Publisher, startPublisher } from '../../../../src/node/publish/publisher.ts';
import { type Harbour, openHarbour, site } from '../harbour.ts';

// Clients of Statuspage that others wrote, against what is really published and our own host.

let harbour: Harbour;
let publisher: Publisher;
let host: Host;

beforeAll(async () => {
  // A build may take longer than a pulse is believed.
  const dist = await buildSite();
  harbour = await openHarbour();
  await harbour.pulse({ api: 'degraded_performance' });
  await harbour.post('investigating', 'Cards are failing.');
  publisher = await startPublisher({
    site: { ...site, url: 'https://status.example.com', publish_every_ms: 300_000 },
    log: harbour.log,
    platform: nodePlatform,
    dist,
    out: harbour.out,
  });
  host = await startHost({ folder: harbour.out, port: 0, host: '127.0.0.1' });
});
afterAll(async () => {
  await host.close();
  await publisher.close();
  await harbour.close();
});

/** A client whose requests go to our host. */
function pointed(client: Statuspage): Statuspage {
  // Its types call it private; there is no other way to point it anywhere.
  client['axios'].defaults.baseURL = `${host.url}api/v2`;
  return client;
}

describe('statuspage.io 3.3.8', () => {
  test('reads summary, status, components, incidents and maintenances', async () => {
    const { api } = clientOf();
    const summary = await api.getSummary();
    expect(summary.page.name).toBe('Tidewater Pay');
    expect(summary.components.map(({ name }) => name)).toEqual(['API', 'Card payments', 'Moving money', 'Ledger']);
    expect((await api.getStatus()).status).toEqual({ indicator: 'minor', description: 'Minor Service Outage' });
    expect((await api.getComponents()).components).toEqual(summary.components);
    expect((await api.incidents.getAll()).incidents[0]?.name).toBe('Card payments fail');
    expect((await api.incidents.getUnresolved()).incidents).toEqual(summary.incidents);
    expect((await api.scheduledMaintenances.getUpcoming()).scheduled_maintenances).toEqual([]);
  });

  function clientOf(): Client {
    const client = new Client('lifeboat');
    client.setApiUrl(host.url);
    return client;
  }
});

describe('statuspage.js 1.0.17', () => {
  test('reads every endpoint, and takes the times for times', async () => {
    const client = pointed(new Statuspage('lifeboat'));
    const { page, status, components = [] } = await client.summary();
    expect(page.updated_at).toBeInstanceOf(Date);
    expect(status.description).toBe('Minor Service Outage');
    expect(components[0]?.created_at).toBeInstanceOf(Date);
    expect((await client.status()).status).toEqual(status);
    expect((await client.components()).components).toEqual(components);
    expect((await client.unresolvedIncidents()).incidents).toHaveLength(1);
    for (const list of [
      client.allScheduledMaintenances(),
      client.activeScheduledMaintenances(),
      client.upcomingScheduledMaintenances(),
    ])
      expect((await list).scheduled_maintenances).toEqual([]);
  });

  /** It asks as soon as it is made. */
  class Updates extends StatuspageUpdates {
    override fetch() {
      pointed(this.statuspage);
      return super.fetch();
    }
  }

  test('tells of a new update', async () => {
    const updates = new Updates('lifeboat');
    const heard: string[] = [];
    updates.on('incident_update', ({ incident_updates: [newest] }) => heard.push(newest?.body ?? ''));
    await updates.fetch();
    await updates.fetch();
    expect(updates.checkUpdate()).toBe(false);
    await harbour.pulse();
    await harbour.post('identified', 'A link is down.');
    await publisher.publishNow();
    await updates.fetch();
    expect([updates.checkUpdate(), heard]).toEqual([true, ['A link is down.']]);
  });
});

describe('the widget of Statuspage, which asks its own origin', () => {
  const PATHS = [
    'summary',
    'status',
    'components',
    'incidents',
    'incidents/unresolved',
    'incidents/resolved',
    'scheduled-maintenances',
    'scheduled-maintenances/upcoming',
    'scheduled-maintenances/active',
  ];

  test.each(PATHS)('is answered at /api/v2/%s.json', async (path) => {
    const answer = await fetch(new URL(`/api/v2/${path}.json`, host.url));
    expect([
      answer.status,
      answer.headers.get('content-type'),
      answer.headers.get('access-control-allow-origin'),
    ]).toEqual([200, 'application/json; charset=utf-8', '*']);
    expect(await answer.json()).toHaveProperty('page.id');
  });

  test('gets a 404 in JSON, which it may read from elsewhere, for a path that static files cannot serve', async () => {
    const answer = await fetch(new URL('/api/v2/subscribers.json', host.url));
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([404, '*']);
    expect(await answer.json()).toHaveProperty('error');
  });
});

const FEEDS: readonly (readonly [string, string])[] = [
  ['history.atom', 'application/atom+xml; charset=utf-8'],
  ['history.rss', 'application/rss+xml; charset=utf-8'],
  ['feed.rss', 'application/rss+xml; charset=utf-8'],
  ['updates.rss', 'application/rss+xml; charset=utf-8'],
  ['feed.json', 'application/json; charset=utf-8'],
  ['calendar.ics', 'text/calendar; charset=utf-8'],
  ['badge.svg', 'image/svg+xml'],
];

test.each(FEEDS)('/%s is served as %s to any origin', async (path, type) => {
  const answer = await fetch(new URL(`/${path}`, host.url));
  const { headers } = answer;
  expect([answer.status, headers.get('content-type'), headers.get('access-control-allow-origin')]).toEqual([
    200,
    type,
    '*',
  ]);
});
