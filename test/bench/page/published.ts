import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { publicKeyOf } from '../../../src/log/event.ts';
import { type Log, openLog } from '../../../src/log/log.ts';
import { signRootRoster } from '../../../src/log/people/roster-writer.ts';
import { createMemoryStore } from '../../../src/log/store/memory-store.ts';
import { canonical, type Json } from '../../../src/model/canonical.ts';
import { isoTime } from '../../../src/model/clock.ts';
import { dayOf } from '../../../src/model/days.ts';
import { chainName, KIND } from '../../../src/model/event.ts';
import type { IncidentUpdateBody } from '../../../src/model/public-content.ts';
import type { Site } from '../../../src/model/site.ts';
import { nodePlatform } from '../../../src/node/platform.ts';
import { buildSite } from '../../../src/node/publish/build.ts';
import { startPublisher } from '../../../src/node/publish/publisher.ts';
import { DAY, GROUPS, hoursAgo, idOf, minutes, NAME, OPEN, PAST } from './content.ts';

const [ROOT, WATCHER, COMMANDER, PUBLISHER] = [1, 2, 3, 4].map((n) => new Uint8Array(32).fill(n)) as [
  Uint8Array,
  Uint8Array,
  Uint8Array,
  Uint8Array,
];
const root = publicKeyOf(ROOT);
const DAYS = 90;
const PROBE = { kind: 'tcp', host: 'localhost', port: 1, every_ms: 30_000, deadline_ms: 5_000 } as const;
const HIT: readonly string[] = OPEN.components;

const SITE: Site = {
  name: NAME,
  url: null,
  language: 'en',
  time_zone: 'Etc/UTC',
  groups: GROUPS.map(({ id, name }) => ({ id, name })),
  components: GROUPS.flatMap(({ id, components }) =>
    components.map((name) => ({ id: idOf(name), name, description: null, group: id, probes: [PROBE] })),
  ),
  vendors: [],
  valid_for_ms: 900_000,
  publish_every_ms: 120_000,
  quorum: 1,
  relays: [],
  mirrors: [],
  api: { maintenance_indicator: false },
};

export interface PublishedContent {
  /** What any static host can serve. */
  readonly folder: string;
  /** Signs pulse and page anew: a page that is measured for an hour must not grow old meanwhile. */
  renew(): Promise<void>;
  close(): Promise<void>;
}

/** Publishes the measured content with the real publisher. */
export async function publishContent(): Promise<PublishedContent> {
  const dist = await buildSite({ say: (sentence) => console.error(sentence) });
  const folder = await mkdtemp(join(tmpdir(), 'lifeboat-bench-page-'));
  const now = Date.now();
  /** When it is for those who write: what is told of the past was said in the past. */
  let moment: number | null = now - DAYS * DAY;
  const platform = { ...nodePlatform, now: () => moment ?? Date.now() };
  const log = await openLog({ root, relays: [], store: createMemoryStore(), platform });
  await log.add([firstRoster()]);
  await writeIncidents(log, now, (then) => {
    moment = then;
  });
  moment = null;
  await writeDays(log, now);
  await writePulse(log);
  log.unlock(PUBLISHER);
  const publisher = await startPublisher({ site: SITE, log, platform: nodePlatform, dist, out: folder });
  return {
    folder,
    renew: async () => {
      await writePulse(log);
      log.unlock(PUBLISHER);
      await publisher.publishNow();
    },
    close: async () => {
      await publisher.close();
      await log.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function firstRoster() {
  const grant = (secret: Uint8Array, role: 'watcher' | 'commander' | 'publisher', vantage?: string) => ({
    pk: publicKeyOf(secret),
    member: role,
    roles: [role],
    ...(vantage === undefined ? {} : { vantage }),
  });
  const grants = [grant(WATCHER, 'watcher', 'north'), grant(COMMANDER, 'commander'), grant(PUBLISHER, 'publisher')];
  return signRootRoster(ROOT, { grants }, Date.now() - DAYS * DAY);
}

async function writeDays(log: Log, now: number): Promise<void> {
  log.unlock(WATCHER);
  for (let ago = DAYS; ago >= 1; ago -= 1) {
    const seconds = SITE.components.map(({ id, name }) => {
      const down = PAST.filter(({ days, component }) => days === ago && component === name);
      const major = down.reduce((sum, one) => sum + one.minutes * 60, 0);
      const rest = { operational: DAY / 1000 - major };
      return [`component:${id}`, major === 0 ? rest : { ...rest, major_outage: major }] as const;
    });
    await log.writePublic('day', {
      vantage: 'north',
      day: dayOf(now - ago * DAY),
      seconds: Object.fromEntries(seconds),
    });
  }
}

/** `turnTo` is called with the time (ms) before each update, oldest first. */
async function writeIncidents(log: Log, now: number, turnTo: (then: number) => void): Promise<void> {
  log.unlock(COMMANDER);
  const say = (then: number, body: Omit<IncidentUpdateBody, 'lang'>) => {
    turnTo(then);
    return log.writePublic('incident.update', { ...body, lang: 'en' });
  };
  for (const { code: incident, name, component, text, days, minutes: lasted } of PAST) {
    const [id, start] = [idOf(component), now - days * DAY];
    const base = { incident, name, impact: 'minor' } as const;
    await say(start, {
      ...base,
      status: 'investigating',
      text: `${name}. We are looking into it.`,
      components: [{ id, status: 'degraded_performance' }],
    });
    await say(start + minutes(lasted), {
      ...base,
      status: 'resolved',
      text,
      components: [{ id, status: 'operational' }],
    });
  }
  for (const { hours, status, text } of OPEN.updates) {
    const components = OPEN.components.map((name) => ({ id: idOf(name), status: 'degraded_performance' }) as const);
    await say(hoursAgo(hours, now), {
      incident: OPEN.code,
      name: OPEN.name,
      impact: 'minor',
      status,
      text,
      components,
    });
  }
}

async function writePulse(log: Log): Promise<void> {
  const now = Date.now();
  const observations = SITE.components.map(({ id, name }) => ({
    subject: `component:${id}`,
    status: HIT.includes(name) ? 'degraded_performance' : 'operational',
    checked_at: isoTime(now),
    changed_at: isoTime(HIT.includes(name) ? hoursAgo(3, now) : now - DAY),
    detail: null,
  }));
  const pulse = { v: 1, vantage: 'north', at: isoTime(now), valid_until: isoTime(now + 800_000), observations };
  log.unlock(WATCHER);
  await log.announce({ kind: KIND.pulse, d: chainName.pulse(log.org, 'north'), content: canonical(pulse as Json) });
}
