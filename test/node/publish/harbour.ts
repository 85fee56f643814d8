import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { publicKeyOf, signEvent } from '../../../src/log/event.ts';
import { type Log, openLog } from '../../../src/log/log.ts';
import { createMemoryStore } from '../../../src/log/store/memory-store.ts';
import type { LogStore } from '../../../src/log/store/store.ts';
import { canonical, type Json } from '../../../src/model/canonical.ts';
import { isoTime } from '../../../src/model/clock.ts';
import { chainName, KIND, organisation, type SignedEvent } from '../../../src/model/event.ts';
import type { Site } from '../../../src/model/site.ts';
import type { ComponentStatus } from '../../../src/model/status.ts';
import { nodePlatform } from '../../../src/node/platform.ts';

const key = (n: number) => new Uint8Array(32).fill(n);
const ROOT_KEY = key(1);
export const root = publicKeyOf(ROOT_KEY);
const org = organisation(root);
const WATCHER = key(3);
const COMMANDER = key(4);
export const PUBLISHER = key(5);

const CHANGED_AT = isoTime(Date.now() - 3_600_000);
const probe = { kind: 'tcp', host: 'localhost', port: 1, every_ms: 5000, deadline_ms: 500 } as const;
const component = (id: string, name: string, group: string | null) => ({
  id,
  name,
  description: null,
  group,
  probes: [probe],
});

export const site: Site = {
  name: 'Tidewater Pay',
  url: null,
  language: 'en',
  time_zone: 'Etc/UTC',
  groups: [{ id: 'money', name: 'Moving money' }],
  components: [
    component('cards', 'Card payments', 'money'),
    component('ledger', 'Ledger', 'money'),
    component('api', 'API', null),
  ],
  vendors: [],
  valid_for_ms: 120_000,
  publish_every_ms: 60_000,
  quorum: 1,
  relays: [],
  mirrors: [],
  api: { maintenance_indicator: false },
};

/** The root's first roster: a watcher, a commander and a publisher. */
function firstRoster(): SignedEvent {
  const grant = (secret: Uint8Array, role: string, extra = {}) => ({
    pk: publicKeyOf(secret),
    member: role,
    roles: [role],
    ...extra,
  });
  const grants = [
    grant(WATCHER, 'watcher', { vantage: 'north' }),
    grant(COMMANDER, 'commander'),
    grant(PUBLISHER, 'publisher'),
  ];
  return rosterSays({ grants }, 1_790_000_000);
}

/** The root says `says`, and nothing else. */
function rosterSays(says: object, created_at: number): SignedEvent {
  const nothing = { v: 1, gen: 0, grants: [], removes: [], invites: [], set: {}, purges: [] };
  const content = canonical({ ...nothing, ...says } as Json);
  const tags = [
    ['o', org],
    ['d', chainName.roster(org)],
  ];
  return signEvent({ kind: KIND.roster, created_at, tags, content }, ROOT_KEY);
}

export interface Harbour {
  readonly log: Log;
  readonly out: string;
  /** The watcher signs a pulse: each component as given, operational otherwise. */
  pulse(statuses?: Readonly<Record<string, ComponentStatus>>): Promise<void>;
  /** The commander posts an update of incident `abc123abc123`. */
  post(status: string, text: string): Promise<void>;
  /** The commander says anything in public; resolves with the event. */
  say(type: string, body: object): Promise<SignedEvent>;
  /** The root drops what these events say, for ever. */
  purge(...events: readonly SignedEvent[]): Promise<void>;
  close(): Promise<void>;
}

/** An organisation (in memory, unless `store` says where) with a folder to publish into; the log is unlocked with the publisher's key. */
export async function openHarbour(store: LogStore = createMemoryStore()): Promise<Harbour> {
  const out = await mkdtemp(join(tmpdir(), 'lifeboat-site-'));
  const log = await openLog({ root, relays: [], store, platform: nodePlatform });
  await log.add([firstRoster()]);
  log.unlock(PUBLISHER);

  function as<Result>(secret: Uint8Array, act: () => Promise<Result>): Promise<Result> {
    log.unlock(secret);
    return act().finally(() => log.unlock(PUBLISHER));
  }

  return {
    log,
    out,
    say: (type, body) => as(COMMANDER, () => log.writePublic(type, body)),
    purge: async (...events) => {
      const purges = events.map(({ id }) => id);
      await log.add([rosterSays({ purges }, Math.floor(Date.now() / 1000))]);
    },
    pulse: async (statuses = {}) => {
      const now = Date.now();
      const observations = site.components.map(({ id }) => ({
        subject: `component:${id}`,
        status: statuses[id] ?? 'operational',
        checked_at: isoTime(now),
        changed_at: CHANGED_AT,
        detail: null,
      }));
      const valid_until = isoTime(now + 90_000);
      const content = canonical({ v: 1, vantage: 'north', at: isoTime(now), valid_until, observations } as Json);
      await as(WATCHER, () => log.announce({ kind: KIND.pulse, d: chainName.pulse(org, 'north'), content }));
    },
    post: async (status, text) => {
      const components = [{ id: 'cards', status: status === 'resolved' ? 'operational' : 'partial_outage' }];
      const body = {
        incident: 'abc123abc123',
        name: 'Card payments fail',
        status,
        impact: 'major',
        text,
        lang: 'en',
        components,
      };
      await as(COMMANDER, () => log.writePublic('incident.update', body));
    },
    close: async () => {
      await log.close();
      await rm(out, { recursive: true, force: true });
    },
  };
}
