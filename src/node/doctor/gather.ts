import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { organisation } from '../../model/event.ts';
import { liveKeys, type Roster } from '../../model/roster.ts';
import type { Site } from '../../model/site.ts';
import type { People } from '../../vault/document.ts';
import type { ToldHost } from '../content/hosting.ts';
import type { HeaderRules } from '../hosting/header-rules.ts';
import { openKeyLog } from '../organisation/open.ts';
import { type Facts, type Known, known, type PeopleFacts, unknown } from './facts.ts';
import { gatherHosts, hostsIn } from './gather-hosts.ts';
import { gatherRelay, gatherSite } from './gather-sites.ts';
import { gatherWatchers, probedOf } from './gather-watchers.ts';
import type { Questions } from './questions.ts';

export interface Asking {
  readonly root: string;
  /** With the relays and the address that are asked now. */
  readonly site: Site;
  /** As site.yaml has it. */
  readonly written: Site;
  readonly told: readonly ToldHost[];
  readonly people: People | undefined;
  readonly rules: Known<HeaderRules>;
  /** Null where this machine holds no copy of it. */
  readonly roster: Roster | null;
}

const NO_ROSTER = unknown('this folder holds no copy of the roster; say --dir with a key in it.');

/** Asks everything at once; what does not answer in time is unknown. */
export async function gatherFacts(asking: Asking, questions: Questions): Promise<Facts> {
  const { root, site, written, told, people, rules, roster } = asking;
  const expected = { root, rules, roster };
  const [hosts, sites, relays, watchers] = await Promise.all([
    gatherHosts(site, told, questions),
    Promise.all([
      ...(site.url === null ? [] : [gatherSite('page', site.url, expected, questions)]),
      ...site.mirrors.map((address) => gatherSite('mirror', address, expected, questions)),
    ]),
    Promise.all(site.relays.map((address) => gatherRelay(address, questions))),
    roster === null ? NO_ROSTER : gatherWatchers(site.relays, roster, questions),
  ]);
  const ladder = (people?.ladder ?? []).map(({ name, last_tested }) => ({ channel: name, last_tested }));
  return {
    root,
    org: organisation(root),
    hosts,
    sites,
    relays,
    people: countPeople(roster),
    watchers,
    probed: probedOf(site),
    told: told.flatMap(({ host }) => (hostsIn(written).has(host) ? [] : [host])),
    ladder,
  };
}

function countPeople(roster: Roster | null): Known<PeopleFacts> {
  if (roster === null) return NO_ROSTER;
  const keys = liveKeys(roster);
  const having = (role: 'admin' | 'watcher' | 'publisher') => keys.filter(({ roles }) => roles.includes(role));
  return known({
    admins: new Set(having('admin').map(({ member }) => member)).size,
    watchers: new Set(having('watcher').map(({ vantage }) => vantage)).size,
    publishers: having('publisher').length,
  });
}

/** The roster from this machine's own copy of the log; no relay is asked. */
export async function rosterIn(dir: string): Promise<Roster | null> {
  for (const key of ['device', 'publisher', 'watcher'] as const) {
    const there = await access(join(dir, `${key}.db`)).then(
      () => true,
      () => false, // Another folder of another part.
    );
    if (!there) continue;
    const { log } = await openKeyLog(dir, key, 'offline');
    try {
      if (log.roster().keys.size > 0) return log.roster();
    } finally {
      await log.close();
    }
  }
  return null;
}
