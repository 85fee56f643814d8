import { isoTime } from '../../../src/model/clock.ts';
import { chainName, KIND, type SignedEvent } from '../../../src/model/event.ts';
import { fitState } from '../../../src/model/fit.ts';
import { foldPublic } from '../../../src/model/folded.ts';
import { foldRoster } from '../../../src/model/roster.ts';
import { type Site, statedSite } from '../../../src/model/site.ts';
import type { ComponentStatus } from '../../../src/model/status.ts';
import { dataFiles } from '../../../src/node/publish/files.ts';
import type { Published } from '../../../src/node/publish/published.ts';
import { nextClaims } from '../../../src/node/publish/sign.ts';
import { fakeEvent, fakeKey, ORG, ROOT, rosterEvent } from '../../model/events.ts';
import { site as harbourSite } from './harbour.ts';

export const MINUTE = 60_000;
export const NOW = Date.parse('2026-11-22T03:12:40.000Z');
/** The organisation's first roster. */
export const FOUNDED = 1_790_000_000_000;
export const CODE = 'abc123abc123';
const COMMANDER = fakeKey('commander');
const PULSE_MS = 1.5 * MINUTE;

export interface World {
  readonly site: Site;
  readonly events: readonly SignedEvent[];
  /** The commander signs a public statement; one that follows all before it. Gives its id. */
  say(type: string, body: Readonly<Record<string, unknown>>, at: number): string;
  incident(status: string, text: string, at: number, extra?: Readonly<Record<string, unknown>>): string;
  maintenance(status: string, text: string, at: number, extra?: Readonly<Record<string, unknown>>): string;
  /** A watcher's pulse at `at`: every probed component as given, else as it last saw it, else operational for an hour. */
  pulse(at: number, statuses?: Readonly<Record<string, ComponentStatus>>, vantage?: string): void;
  /** A watcher's transition in the log. */
  saw(component: string, status: ComponentStatus, at: number, vantage?: string): void;
  published(now: number): Published;
  /** What is published at `now`, text by path. */
  files(now: number): ReadonlyMap<string, string>;
}

/** An organisation as the folds see it: ids are true, signatures are not (a fold looks at verified events only). */
export function createWorld(changes: Partial<Site> = {}): World {
  const site: Site = { ...harbourSite, url: 'https://status.example.com', ...changes };
  const grant = (name: string, role: string, vantage?: string) => ({
    pk: fakeKey(name),
    member: name,
    roles: [role],
    ...(vantage === undefined ? {} : { vantage }),
  });
  const grants = [
    grant('commander', 'commander'),
    grant('north', 'watcher', 'north'),
    grant('south', 'watcher', 'south'),
  ];
  const says = { grants, removes: [], invites: [], set: {}, purges: [] };
  const log: SignedEvent[] = [{ ...rosterEvent(ROOT, says), created_at: FOUNDED / 1000 }];
  const pulses = new Map<string, SignedEvent>();
  const seen = new Map<string, { readonly status: ComponentStatus; readonly at: number }>();
  let count = 0;

  function write(key: string, type: string, body: unknown, at: number): string {
    const before = log.findLast((event) => event.kind === KIND.public && event.pubkey === key);
    const parents = log.filter(({ kind }) => kind === KIND.public).map(({ id }) => id);
    count += 1;
    const content = { v: 1, type, hlc: [at, count], parents: parents.slice(-16), at: isoTime(at), body };
    const event = fakeEvent(key, KIND.public, chainName.status(ORG), content, before);
    log.push(event);
    return event.id;
  }

  const say = (type: string, body: object, at: number) => write(COMMANDER, type, body, at);
  const events = () => [...log, ...pulses.values()];

  function published(now: number): Published {
    const roster = foldRoster(log, ROOT);
    const folded = foldPublic(events(), roster, statedSite(site), now);
    return { site, roster, folded, claims: nextClaims(site, fitState(folded.state), 0, now), events: events() };
  }

  return {
    site,
    get events() {
      return events();
    },
    say,
    incident: (status, text, at, extra = {}) => {
      const components = [{ id: 'cards', status: status === 'resolved' ? 'operational' : 'partial_outage' }];
      const said = {
        incident: CODE,
        name: 'Card payments fail',
        status,
        impact: 'major',
        text,
        lang: 'en',
        components,
      };
      return say('incident.update', { ...said, ...extra }, at);
    },
    maintenance: (status, text, at, extra = {}) => {
      const when = { scheduled_for: isoTime(NOW + 60 * MINUTE), scheduled_until: isoTime(NOW + 120 * MINUTE) };
      const what = { maintenance: 'm00000000001', name: 'New database', impact: 'maintenance', components: ['ledger'] };
      return say('maintenance.update', { ...what, ...when, status, text, lang: 'en', ...extra }, at);
    },
    pulse: (at, statuses = {}, vantage = 'north') => {
      const observations = site.components
        .filter(({ probes }) => probes.length > 0)
        .map(({ id }) => {
          const last = seen.get(`${vantage} ${id}`);
          return {
            subject: `component:${id}`,
            status: statuses[id] ?? last?.status ?? 'operational',
            checked_at: isoTime(at),
            changed_at: isoTime(last?.at ?? at - 60 * MINUTE),
            detail: null,
          };
        });
      const content = { v: 1, vantage, at: isoTime(at), valid_until: isoTime(at + PULSE_MS), observations };
      pulses.set(vantage, fakeEvent(fakeKey(vantage), KIND.pulse, chainName.pulse(ORG, vantage), content));
    },
    saw: (component, status, at, vantage = 'north') => {
      const times = { checked_at: isoTime(at), changed_at: isoTime(at), detail: null };
      const body = { subject: `component:${component}`, status, ...times, vantage, from: 'unknown' };
      write(fakeKey(vantage), 'observation', body, at);
      seen.set(`${vantage} ${component}`, { status, at });
    },
    published,
    files: (now) => dataFiles(published(now)),
  };
}

/** A published JSON file. */
export function json<Shape>(files: ReadonlyMap<string, string>, path: string): Shape {
  const text = files.get(path);
  if (text === undefined) throw new Error(`${path} is not published`);
  return JSON.parse(text) as Shape;
}
