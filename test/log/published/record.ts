import { publicKeyOf, signEvent } from '../../../src/log/event.ts';
import { claimsHash } from '../../../src/log/published/claims.ts';
import { partsFile } from '../../../src/log/published/parts-file.ts';
import { recordFiles } from '../../../src/log/published/record-files.ts';
import { sha256, text } from '../../../src/log/published/texts.ts';
import { API } from '../../../src/model/api.ts';
import { isoTime } from '../../../src/model/clock.ts';
import { chainName, KIND, type SignedEvent } from '../../../src/model/event.ts';
import { fitState } from '../../../src/model/fit.ts';
import { foldPublic } from '../../../src/model/folded.ts';
import { foldRoster } from '../../../src/model/roster.ts';
import type { StatedSite } from '../../../src/model/site.ts';
import type { ComponentStatus } from '../../../src/model/status.ts';
import { keyNumber, ORG, ROOT, ROOT_KEY, START, STATUS } from '../signing.ts';

export { ROOT } from '../signing.ts';

export const KEYS = {
  admin: keyNumber(1),
  commander: keyNumber(2),
  responder: keyNumber(3),
  watcher: keyNumber(4),
  publisher: keyNumber(5),
  second: keyNumber(6),
  stranger: keyNumber(7),
};
export type Name = keyof typeof KEYS;

/** When the fixture is published. */
export const NOW = (START + 3_600) * 1000;

const SITE: StatedSite = {
  groups: [{ id: 'money', name: 'Moving money' }],
  components: [
    { id: 'cards', name: 'Card payments', description: null, group: 'money', probed: true },
    { id: 'api', name: 'API', description: 'For partners', group: null, probed: true },
  ],
  quorum: 1,
};

/** What people and services of one organisation sign, as a public log. */
export class Scribe {
  readonly events: SignedEvent[] = [];
  readonly #tips = new Map<string, { s: number; id: string }>();
  #seconds = START;

  constructor() {
    const grant = (name: Name, role: string, more = {}) => ({
      pk: publicKeyOf(KEYS[name]),
      member: name,
      roles: [role],
      ...more,
    });
    this.roster({
      grants: [
        grant('admin', 'admin'),
        grant('commander', 'commander'),
        grant('responder', 'responder'),
        grant('watcher', 'watcher', { vantage: 'north' }),
        grant('publisher', 'publisher'),
        grant('second', 'publisher'),
      ],
    });
  }

  /** The root says who may do what. */
  roster(says: Readonly<Record<string, unknown>>): SignedEvent {
    const statement = { v: 1, gen: 0, grants: [], removes: [], invites: [], set: {}, purges: [], ...says };
    return this.#sign('root', KIND.roster, chainName.roster(ORG), text(statement));
  }

  say(name: Name, type: string, body: object): SignedEvent {
    const at = isoTime((this.#seconds + 1) * 1000);
    const parents = this.events.filter(({ kind }) => kind === KIND.public).slice(-1);
    const content = { v: 1, type, hlc: [Date.parse(at), 0], parents: parents.map(({ id }) => id), at, body };
    return this.#sign(name, KIND.public, STATUS, text(content));
  }

  incident(name: Name, status: string, words: string, more = {}): SignedEvent {
    const components = [{ id: 'cards', status: status === 'resolved' ? 'operational' : 'partial_outage' }];
    const body = {
      incident: 'abc123abc123',
      name: 'Cards fail',
      status,
      impact: 'major',
      text: words,
      lang: 'en',
      components,
    };
    return this.say(name, 'incident.update', { ...body, ...more });
  }

  #sign(name: Name | 'root', kind: number, d: string, content: string): SignedEvent {
    this.#seconds += 1;
    const tip = this.#tips.get(`${name} ${d}`);
    const chain =
      name === 'root' ? [] : [['s', String((tip?.s ?? 0) + 1)], ...(tip ? [['e', tip.id, '', 'prev']] : [])];
    const tags = [['o', ORG], ['d', d], ...chain];
    const key = name === 'root' ? ROOT_KEY : KEYS[name];
    const event = signEvent({ kind, created_at: this.#seconds, tags, content }, key);
    this.#tips.set(`${name} ${d}`, { s: (tip?.s ?? 0) + 1, id: event.id });
    this.events.push(event);
    return event;
  }
}

/** The watcher's pulse at `NOW`. */
export function pulse(status: ComponentStatus = 'operational', key = KEYS.watcher): SignedEvent {
  const at = isoTime(NOW - 1_000);
  const observations = SITE.components.map(({ id }) => ({
    subject: `component:${id}`,
    status,
    checked_at: at,
    changed_at: isoTime(NOW - 600_000),
    detail: null,
  }));
  const content = text({ v: 1, vantage: 'north', at, valid_until: isoTime(NOW + 90_000), observations });
  const tags = [
    ['o', ORG],
    ['d', chainName.pulse(ORG, 'north')],
  ];
  return signEvent({ kind: KIND.pulse, created_at: NOW / 1000, tags, content }, key);
}

/** A published site's data files, by path. */
export type Files = Map<string, string>;

/** What `by` publishes at `NOW`, its `page` event included; `changes` go into the snapshot after its page event. */
export function publish(scribe: Scribe, pulses: readonly SignedEvent[], by: Name = 'publisher', changes = {}): Files {
  const roster = foldRoster(scribe.events, ROOT);
  const state = fitState(foldPublic([...scribe.events, ...pulses], roster, SITE, NOW).state);
  scribe.say(by, 'page', { seq: NOW / 1000, state_sha256: claimsHash(state) });
  const events = [...scribe.events, ...pulses];
  const folded = foldPublic(events, roster, SITE, NOW);
  const record = recordFiles({ site: SITE, roster, folded, events });
  const files: Files = new Map([...record, ['api/v2/summary.json', '{"page":{}}']]);
  const parts = partsFile(files, state);
  return new Map([
    ...files,
    [`${API}/parts.json`, parts],
    [`${API}/snapshot.json`, snapshot(by, { state, parts: sha256(parts), ...changes })],
  ]);
}

/** A snapshot that `by` signs at `NOW`, in its own chain or in `chain`. */
export function snapshot(by: Name, claims: object, chain = chainName.snapshot(ORG)): string {
  const page = { name: 'Tidewater', url: null, language: 'en', time_zone: 'Etc/UTC' };
  const times = { generated_at: isoTime(NOW), valid_until: isoTime(NOW + 120_000) };
  const content = text({ v: 1, seq: NOW / 1000, page, ...times, ...claims });
  const tags = [
    ['o', ORG],
    ['d', chain],
  ];
  return text(signEvent({ kind: KIND.snapshot, created_at: NOW / 1000, tags, content }, KEYS[by]));
}
