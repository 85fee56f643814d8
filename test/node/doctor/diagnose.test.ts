import { describe, expect, test } from 'vitest';
import type { Subject } from '../../../src/model/pulse.ts';
import { diagnose } from '../../../src/node/doctor/diagnose.ts';
import { domainOf, networkOf } from '../../../src/node/doctor/domain.ts';
import {
  type Facts,
  type HostFacts,
  known,
  type SiteFacts,
  unknown,
  type WatcherFacts,
} from '../../../src/node/doctor/facts.ts';
import { reportText } from '../../../src/node/doctor/report.ts';

const NOW = Date.parse('2026-11-23T03:12:00Z');
const DAY_MS = 86_400_000;
const ROOT = 'ab'.repeat(32);
const iso = (ms: number) => new Date(ms).toISOString();

/** A host that has nothing in common with the others; `n` makes it so. */
function host(part: HostFacts['part'], n: number, more: Partial<HostFacts> = {}): HostFacts {
  const domain = `place-${n}.top${n}`;
  const scheme = part === 'relay' ? 'wss' : 'https';
  return {
    part,
    address: `${scheme}://${part}.${domain}`,
    host: `${part}.${domain}`,
    domain,
    addresses: known([`192.0.${n}.1`, `2001:db8:${n}::1`]),
    dns: known([`dns-${n}.example`]),
    certificate:
      part === 'watched' ? null : known({ issuer: `CA ${n}`, expires_at: iso(NOW + 60 * DAY_MS), refused: null }),
    registrar: part === 'watched' ? null : known(`Registrar ${n}`),
    cloud: known(`cloud-${n}`),
    exposed: false,
    ...more,
  };
}

function site(part: SiteFacts['part'], { address }: HostFacts, more: Partial<SiteFacts> = {}): SiteFacts {
  return {
    part,
    address,
    root: known(ROOT),
    snapshot: signed(0.5),
    shared: known(true),
    missing: known({ page: 404, api: 404, json: true }),
    headers: known([]),
    ...more,
  };
}

/** A snapshot so many minutes old, which may be believed for so many. */
function signed(age: number, life = 10) {
  const at = NOW - age * 60_000;
  return known({ signed: true, generated_at: iso(at), valid_until: iso(at + life * 60_000) } as const);
}

/** Whose pulse is so many milliseconds old, and may be believed for a minute. */
function watcher(vantage: string, age: number, ...subjects: readonly Subject[]): WatcherFacts {
  const at = NOW - age;
  const seen = subjects.length > 0 ? subjects : (['component:cards'] as const);
  return { vantage, parts: [{ at: iso(at), valid_until: iso(at + 60_000), subjects: seen }] };
}

const PAGE = host('page', 1);
const MIRROR = host('mirror', 2);
const RELAYS = [host('relay', 3), host('relay', 4)];
const WATCHED = host('watched', 5);

const FINE: Facts = {
  root: ROOT,
  org: 'abcd',
  hosts: [PAGE, MIRROR, ...RELAYS, WATCHED],
  sites: [site('page', PAGE), site('mirror', MIRROR)],
  relays: RELAYS.map(({ address }) => ({ address, health: known({ ok: true, org: 'abcd' }) })),
  people: known({ admins: 2, watchers: 2, publishers: 2 }),
  watchers: known([watcher('north', 30_000), watcher('south', 10_000)]),
  probed: [{ subject: 'component:cards', name: 'Cards' }],
  told: [WATCHED.host],
  ladder: [{ channel: 'Telephone bridge', last_tested: '2026-10-14' }],
};

const found = (more: Partial<Facts>) => diagnose({ ...FINE, ...more }, NOW);
const rules = (more: Partial<Facts>) => found(more).map(({ group, rule }) => `${group} ${rule}`);
/** The mirror, changed. */
const withMirror = (more: Partial<HostFacts>) => ({ hosts: [PAGE, { ...MIRROR, ...more }, ...RELAYS, WATCHED] });

describe('the doctor', () => {
  test('has nothing to say of an organisation that shares nothing and answers rightly', () => {
    expect(found({})).toEqual([]);
    expect(reportText([])).toBe('Nothing was found that must be mended.\n');
  });

  test.each([
    ['address', { addresses: known(['192.0.1.1']) }, 'one address (192.0.1.1)'],
    ['network', { addresses: known(['192.0.1.77']) }, 'one network (192.0.1.0/24)'],
    ['network', { addresses: known(['2001:db8:1:ffff::9']) }, 'one network (2001:db8:1::/48)'],
    ['cloud', { cloud: known('Cloud-1') }, 'one cloud (cloud-1)'],
    ['domain', { domain: 'place-1.top1' }, 'one domain (place-1.top1)'],
    ['dns', { dns: known(['dns-1.example']) }, 'one DNS operator (dns-1.example)'],
    ['registrar', { registrar: known('registrar 1') }, 'one registrar (registrar 1)'],
    ['top-level', { domain: 'elsewhere.top1' }, 'one top-level domain (.top1)'],
    [
      'issuer',
      { certificate: known({ issuer: 'CA 1', expires_at: iso(NOW + 60 * DAY_MS), refused: null }) },
      'one certificate issuer (CA 1)',
    ],
  ])('names %s that the page and its mirror have in common, once', (rule, more, words) => {
    const findings = found(withMirror(more));
    expect(findings.map((one) => [one.group, one.rule, one.about])).toEqual([
      ['together', rule, [PAGE.address, MIRROR.address]],
    ]);
    expect(findings[0]?.sentence).toContain(words);
    expect(findings[0]?.sentence).toContain('The page page.place-1.top1 and the mirror mirror.place-2.top2 share');
  });

  test('says of one host nothing more than that it is one host', () => {
    const relay = { ...host('relay', 1), host: PAGE.host };
    const findings = found({ hosts: [PAGE, MIRROR, relay, host('relay', 4), WATCHED] });
    expect(findings.map(({ rule }) => rule)).toEqual(['host']);
  });

  test('names what the page shares with what it reports on, but not what that shares with itself', () => {
    const other = host('watched', 6, { cloud: known('cloud-5') });
    expect(found({ hosts: [...FINE.hosts, other] })).toEqual([]);
    const findings = found({ hosts: [{ ...PAGE, cloud: known('cloud-5') }, MIRROR, ...RELAYS, WATCHED, other] });
    expect(findings.map(({ group, rule }) => [group, rule])).toEqual([['together', 'cloud']]);
    expect(findings[0]?.sentence).toBe(
      'The page page.place-1.top1 and what is watched (watched.place-5.top5, watched.place-6.top6) share one cloud (cloud-5).',
    );
  });

  test('asks for two of everything', () => {
    expect(rules({ people: known({ admins: 1, watchers: 0, publishers: 1 }) })).toEqual([
      'together admins',
      'together watchers',
      'together publishers',
    ]);
    expect(rules({ hosts: [PAGE, host('relay', 3), WATCHED], sites: [site('page', PAGE)] })).toEqual([
      'together copies',
      'together relays',
    ]);
    expect(found({ people: known({ admins: 0, watchers: 2, publishers: 2 }) })[0]?.sentence).toContain(
      'There is no person',
    );
  });

  test('never takes a question without an answer for a good answer', () => {
    const silent = unknown('there was no answer in time.');
    const hosts = [
      PAGE,
      { ...MIRROR, addresses: silent, dns: silent, certificate: silent, registrar: silent, cloud: silent },
    ];
    const mirror = site('mirror', MIRROR, {
      root: silent,
      snapshot: silent,
      shared: silent,
      missing: silent,
      headers: silent,
    });
    const findings = found({
      hosts: [...hosts, ...RELAYS, WATCHED],
      sites: [site('page', PAGE), mirror],
      relays: RELAYS.map(({ address }) => ({ address, health: silent })),
      people: silent,
      watchers: silent,
    });
    expect(findings.every(({ group }) => group === 'unknown')).toBe(true);
    expect(findings.map(({ rule }) => rule).sort()).toEqual(
      [
        'address',
        'dns',
        'issuer',
        'registrar',
        'cloud',
        'root',
        'snapshot',
        'cors',
        'not-found',
        'headers',
        'relay-health',
        'people',
        'watcher',
      ].sort(),
    );
    expect(findings.find(({ rule }) => rule === 'relay-health')?.about).toHaveLength(2);
    expect(reportText(findings)).toMatch(
      /Could not be known, which is not the same as fine\n[\s\S]*13 things could not be known\.\n$/,
    );
  });

  test.each([
    ['root', { root: known('cd'.repeat(32)) }, 'wrong'],
    ['root', { root: known(null) }, 'wrong'],
    ['signature', { snapshot: known({ signed: false } as const) }, 'wrong'],
    ['not-found', { missing: known({ page: 200, api: 404, json: true }) }, 'wrong'],
    ['not-found', { missing: known({ page: 404, api: 200, json: false }) }, 'wrong'],
    ['not-found-json', { missing: known({ page: 404, api: 404, json: false }) }, 'limited'],
    ['cors', { shared: known(false) }, 'wrong'],
    ['headers', { headers: known([{ path: '/', name: 'Content-Security-Policy', found: null }]) }, 'wrong'],
    ['snapshot', { snapshot: signed(12) }, 'stale'],
    ['snapshot', { snapshot: signed(16, 60) }, 'stale'],
    ['behind', { snapshot: signed(5) }, 'stale'],
    ['ahead', { snapshot: signed(-10) }, 'stale'],
    ['snapshot', { snapshot: known(null) }, 'untested'],
  ] as const)('names what is wrong with a mirror: %s', (rule, more, group) => {
    const findings = found({ sites: [site('page', PAGE), site('mirror', MIRROR, more)] });
    expect(findings.map((one) => [one.group, one.rule, one.about])).toEqual([[group, rule, [MIRROR.address]]]);
  });

  test('tells missing headers from other ones, by path', () => {
    const headers = known([
      { path: '/', name: 'Content-Security-Policy', found: "default-src 'self'" },
      { path: '/sw.js', name: 'X-Content-Type-Options', found: null },
      { path: '/', name: 'X-Content-Type-Options', found: null },
    ]);
    expect(found({ sites: [site('page', PAGE, { headers }), site('mirror', MIRROR)] })[0]?.sentence).toBe(
      'The page page.place-1.top1 sends Content-Security-Policy otherwise at /; X-Content-Type-Options not at /sw.js and /: ' +
        'print its configuration again with "lifeboat hosting".',
    );
  });

  test('sees certificates that end, that browsers refuse, and hosts without any', () => {
    const certificate = (days: number, refused: string | null = null) =>
      known({ issuer: 'CA 2', expires_at: iso(NOW + days * DAY_MS), refused });
    expect(rules(withMirror({ certificate: certificate(5) }))).toEqual(['stale certificate-expiry']);
    expect(rules(withMirror({ certificate: certificate(8) }))).toEqual([]);
    expect(rules(withMirror({ certificate: certificate(-1, 'CERT_HAS_EXPIRED') }))).toEqual(['wrong certificate']);
    expect(rules(withMirror({ exposed: true, certificate: null }))).toEqual(['wrong no-tls']);
  });

  test('names the watcher that broke its word, and until when it gave it', () => {
    const watchers = known([watcher('north', 3_600_000), watcher('south', 10_000)]);
    const findings = found({ watchers });
    expect(findings.map(({ group, rule }) => [group, rule])).toEqual([['stale', 'watcher']]);
    expect(findings[0]?.sentence).toBe(
      'The watcher "north" is silent: its newest pulse is of 2026-11-23T02:12:00.000Z and was to be followed by another before ' +
        '2026-11-23T02:13:00.000Z; start "lifeboat watch" there, or remove its key with "lifeboat revoke".',
    );
  });

  test('takes no watcher for well of whom no relay holds a pulse, or whose clock is ahead', () => {
    const [silent] = found({ watchers: known([{ vantage: 'north', parts: [] }, watcher('south', 0)]) });
    expect(silent?.sentence).toContain('No relay that answers holds a pulse of the watcher "north"');
    const [ahead] = found({ watchers: known([watcher('north', -600_000), watcher('south', 0)]) });
    expect(ahead?.sentence).toContain('"north" says that it is 2026-11-23T03:22:00.000Z, which is yet to come');
  });

  test('names what site.yaml has probes for and no living watcher looks at', () => {
    const probed = ['cards', 'payments', 'ledger'].map((id) => ({ subject: `component:${id}` as const, name: id }));
    const watchers = known([
      watcher('north', 3_600_000, 'component:cards', 'component:payments', 'component:ledger'),
      watcher('south', 10_000, 'component:cards'),
    ]);
    const findings = found({ watchers, probed });
    expect(findings.map(({ rule }) => rule)).toEqual(['watcher', 'unwatched']);
    expect(findings[1]?.sentence).toContain('No watcher looks at payments and ledger:');
    // A part of a pulse that has run out says nothing, though another part is fresh.
    const parts = [...watcher('south', 10_000).parts, ...watcher('south', 90_000, 'component:ledger').parts];
    expect(found({ watchers: known([{ vantage: 'south', parts }]), probed })[0]?.sentence).toContain(
      'payments and ledger',
    );
  });

  test('names the hosts of hosting.yaml that nothing uses', () => {
    const [finding] = found({ told: [WATCHED.host, 'relay.old.example'] });
    expect([finding?.group, finding?.rule]).toEqual(['stale', 'hosting']);
    expect(finding?.sentence).toContain('hosting.yaml speaks of relay.old.example');
  });

  test('sees relays of others, relays that cannot store, and channels that nobody tried', () => {
    const [first, second] = FINE.relays;
    const relays = [
      { address: first?.address ?? '', health: known({ ok: true, org: 'ffff' }) },
      { address: second?.address ?? '', health: known({ ok: false, org: 'abcd' }) },
    ];
    expect(rules({ relays })).toEqual(['wrong relay-organisation', 'wrong relay-health']);
    const ladder = [
      { channel: 'Radio', last_tested: null },
      { channel: 'Satellite', last_tested: '2026-07-01' },
    ];
    expect(rules({ ladder })).toEqual(['stale ladder', 'untested ladder']);
  });
});

describe('a domain', () => {
  test.each([
    ['status.example.com', 'example.com'],
    ['a.b.example.com.br', 'example.com.br'],
    ['page.example.co.uk', 'example.co.uk'],
    ['mine.netlify.app', 'netlify.app'],
    ['192.0.2.1', null],
    ['[2001:db8::1]', null],
    ['localhost', null],
  ])('of %s is %s', (name, domain) => expect(domainOf(name)).toBe(domain));

  test.each([
    ['192.0.2.77', '192.0.2.0/24'],
    ['2001:db8:1:2::3', '2001:db8:1::/48'],
    ['2001:db8::1', '2001:db8:0::/48'],
    ['::1', '0:0:0::/48'],
  ])('and the network of %s is %s', (address, network) => expect(networkOf(address)).toBe(network));
});
