import { eventId, publicKeyOf, signEvent } from '../../src/log/event.ts';
import { canonical } from '../../src/model/canonical.ts';
import { isoTime } from '../../src/model/clock.ts';
import { dayOf } from '../../src/model/days.ts';
import { chainName, KIND, organisation, type SignedEvent } from '../../src/model/event.ts';
import type { Subject } from '../../src/model/pulse.ts';
import type { Site } from '../../src/model/site.ts';
import { pulseParts } from '../../src/node/watch/pulse-parts.ts';

/** The largest status page among those whose answers were looked at has so many components. */
const COMPONENTS = 539;
const GROUPS = 40;
const INCIDENTS = 2_000;
const UPDATES = 5;
const WATCHERS = [10, 11];
const VANTAGES = ['north', 'south'];
const [HOUR, DAY] = [3_600_000, 86_400_000];

const key = (n: number) => new Uint8Array(32).fill(n);
const ROOT_SECRET = key(1);
export const LARGE_ROOT = publicKeyOf(ROOT_SECRET);
export const PUBLISHER_SECRET = key(5);
const AUTHOR = publicKeyOf(key(4));
const ORG = organisation(LARGE_ROOT);
const STATUS = chainName.status(ORG);
const TEXT = 'The harbour pilots see stale tide tables; we are moving them to the second source. '
  .repeat(3)
  .slice(0, 200);
const STEPS = ['investigating', 'identified', 'identified', 'monitoring', 'resolved'] as const;

const probe = { kind: 'tcp', host: 'localhost', port: 1, every_ms: 30_000, deadline_ms: 5_000 } as const;

export const largeSite: Site = {
  name: 'Tidewater Pay',
  url: 'https://status.example',
  language: 'en',
  time_zone: 'Etc/UTC',
  groups: Array.from({ length: GROUPS }, (_, n) => ({ id: `group-${n}`, name: `Harbour ${n}` })),
  components: Array.from({ length: COMPONENTS }, (_, n) => ({
    id: idOf(n),
    name: `Berth ${n} pilot service`,
    description: null,
    group: `group-${n % GROUPS}`,
    probes: [probe],
  })),
  vendors: [],
  valid_for_ms: 120_000,
  publish_every_ms: 60_000,
  quorum: 2,
  relays: [],
  mirrors: [],
  api: { maintenance_indicator: false },
};

function idOf(n: number): string {
  return `berth-${n}`;
}

/** Everything of three years up to `now` (Unix ms). Only the log's own checks see signatures, and they are not measured here. */
export function largeRecord(now: number): readonly SignedEvent[] {
  return [roster(now), ...updates(now), ...rollUps(now), ...pulses(now)];
}

/** One update more, about the newest incident. */
export function nextUpdate(now: number, before: SignedEvent): SignedEvent {
  return update(INCIDENTS - 1, 'identified', now, before);
}

function roster(now: number): SignedEvent {
  const grant = (pk: string, role: string, more = {}) => ({ pk, member: role, roles: [role], ...more });
  const grants = [
    grant(publicKeyOf(PUBLISHER_SECRET), 'publisher'),
    grant(AUTHOR, 'commander'),
    ...WATCHERS.map((n, place) => grant(publicKeyOf(key(n)), 'watcher', { vantage: VANTAGES[place] })),
  ];
  const content = canonical({ v: 1, gen: 0, grants, removes: [], invites: [], set: {}, purges: [] });
  const tags = tagsOf(chainName.roster(ORG));
  return signEvent(
    { kind: KIND.roster, created_at: Math.floor((now - 1_200 * DAY) / 1000), tags, content },
    ROOT_SECRET,
  );
}

/** Three years of incidents, two of them still open. */
function updates(now: number): readonly SignedEvent[] {
  const events: SignedEvent[] = [];
  for (let n = 0; n < INCIDENTS; n++) {
    const began = now - HOUR - ((INCIDENTS - 1 - n) * (1_095 * DAY)) / INCIDENTS;
    const steps = n >= INCIDENTS - 2 ? STEPS.slice(0, 2) : STEPS.slice(0, UPDATES);
    for (const [place, status] of steps.entries()) {
      events.push(update(n, status, Math.floor(began + place * 10 * 60_000), events.at(-1)));
    }
  }
  return events;
}

function update(n: number, status: (typeof STEPS)[number], at: number, before: SignedEvent | undefined): SignedEvent {
  const word = status === 'resolved' ? 'operational' : 'partial_outage';
  const body = {
    incident: n.toString(36).padStart(12, '0'),
    name: `Pilots of harbour ${n} wait`,
    status,
    impact: 'minor',
    text: `${status}: ${TEXT}`,
    lang: 'en',
    components: [n, n * 7 + 1].map((id) => ({ id: idOf(id % COMPONENTS), status: word })),
  };
  return said(AUTHOR, 'incident.update', at, body, before);
}

/** 120 days by each watcher; something fails for a few minutes now and then. */
function rollUps(now: number): readonly SignedEvent[] {
  return WATCHERS.flatMap((secret, watcher) => {
    const author = publicKeyOf(key(secret));
    const events: SignedEvent[] = [];
    for (let ago = 120; ago > 0; ago--) {
      const down = (n: number) => ((n + ago) % 30 === 0 ? 600 : 0);
      const entries = Array.from({ length: COMPONENTS }, (_, n) => [
        `component:${idOf(n)}`,
        down(n) === 0 ? { operational: 86_400 } : { operational: 86_400 - down(n), major_outage: down(n) },
      ]);
      const body = { vantage: VANTAGES[watcher], day: dayOf(now - ago * DAY), seconds: Object.fromEntries(entries) };
      events.push(said(author, 'day', now - ago * DAY + DAY, body, events.at(-1)));
    }
    return events;
  });
}

/** What the watchers see at `now`: all well but for one in a hundred. */
export function pulses(now: number): readonly SignedEvent[] {
  return WATCHERS.flatMap((secret, watcher) => {
    const vantage = VANTAGES[watcher] ?? '';
    return PARTS.map((part, index) => partOfPulse(secret, vantage, part, index + 1, now));
  });
}

/** A watcher says in parts what is too much for one event. */
const PARTS = pulseParts(
  ORG,
  'north',
  largeSite.components.map(({ id }): Subject => `component:${id}`),
);

function partOfPulse(
  secret: number,
  vantage: string,
  subjects: readonly Subject[],
  part: number,
  now: number,
): SignedEvent {
  const observations = subjects.map((subject) => ({
    subject,
    status: /\D(\d*00|0)$/.test(subject) ? 'degraded_performance' : 'operational',
    checked_at: isoTime(now - 5_000),
    changed_at: isoTime(Math.floor(now / DAY) * DAY - DAY),
    detail: null,
  }));
  const content = canonical({ v: 1, vantage, at: isoTime(now), valid_until: isoTime(now + 90_000), observations });
  const unsigned = {
    pubkey: publicKeyOf(key(secret)),
    kind: KIND.pulse,
    created_at: Math.floor(now / 1000),
    tags: tagsOf(chainName.pulse(ORG, vantage, part)),
    content,
  };
  return { id: eventId(unsigned), ...unsigned, sig: '0'.repeat(128) };
}

function said(pubkey: string, type: string, at: number, body: unknown, before: SignedEvent | undefined): SignedEvent {
  const content = canonical({ v: 1, type, hlc: [at, 0], parents: [], at: isoTime(at), body });
  const tags = [...tagsOf(STATUS), ...(before === undefined ? [] : [['e', before.id, '', 'prev']])];
  const unsigned = { pubkey, kind: KIND.public, created_at: Math.floor(at / 1000), tags, content };
  return { id: eventId(unsigned), ...unsigned, sig: '0'.repeat(128) };
}

function tagsOf(d: string): readonly (readonly string[])[] {
  return [
    ['o', ORG],
    ['d', d],
  ];
}
