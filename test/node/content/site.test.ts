import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { ContentError } from '../../../src/node/content/content-error.ts';
import { parseSite } from '../../../src/node/content/site.ts';

const variables = { site: 'http://127.0.0.1:4747', relay1: 'http://127.0.0.1:4748' };
const parse = (text: string) => parseSite(text, 'site.yaml', variables);

function complaint(text: string): string {
  try {
    parse(text);
  } catch (error) {
    if (error instanceof ContentError) return error.message;
    throw error;
  }
  throw new Error('It was taken without a complaint.');
}

const component = (probe: string) =>
  `name: Demo\ncomponents:\n  - id: ledger\n    name: Ledger\n    probes:\n      - ${probe}\n`;

describe('site.yaml', () => {
  test('needs no more than a name', () => {
    expect(parse('name: Demo Payments\n')).toEqual({
      name: 'Demo Payments',
      url: null,
      language: 'en',
      time_zone: 'Etc/UTC',
      groups: [],
      components: [],
      vendors: [],
      valid_for_ms: 600_000,
      publish_every_ms: 30_000,
      quorum: 2,
      relays: [],
      mirrors: [],
      api: { maintenance_indicator: false },
    });
  });

  test.each(['UTC', 'Etc/UTC', 'Etc/GMT+5', 'Asia/Kolkata', 'Asia/Calcutta', 'America/Port-au-Prince', 'EST5EDT'])(
    'takes the time zone %s',
    (name) => expect(parse(`name: Demo\ntime_zone: ${name}\n`).time_zone).toBe(name),
  );

  test('lets the operator switch the maintenance indicator of the API on', () => {
    expect(parse('name: Demo\napi: { maintenance_indicator: true }\n').api).toEqual({ maintenance_indicator: true });
    expect(complaint('name: Demo\napi: { maintenance_indicator: 1 }\n')).toBe(
      'site.yaml line 2: api.maintenance_indicator: expected true or false, found 1.',
    );
  });

  test('takes groups with their components, and every kind of probe', () => {
    const site = parse(`
name: Demo Payments
url: https://status.example.com
language: pt-BR
time_zone: America/Sao_Paulo
valid_for: 5m
relays: ['{relay1.ws}']
groups:
  - id: money
    name: Moving money
    components:
      - id: ledger
        name: Ledger
        description: Every booking.
        probes:
          - http: '{relay1}/healthz'
            every: 10s
            deadline: 2s
            expect: { status: [200, 204], body: ok, json: { path: status.indicator, equals: none }, under: 800ms }
          - tcp: '{relay1.host}:{relay1.port}'
            every: 5s
components:
  - id: api
    name: API
    group: money
    probes:
      - tls: status.example.com
        expect: { days: 21 }
      - dns: status.example.com
        expect: { type: AAAA, answer: '2001:db8::1' }
      - tcp: '[::1]:5432'
vendors:
  - id: talk
    name: Team chat
    lifeline: chat
    probes: [{ http: 'https://chat.example.com/status' }]
`);
    expect(site.relays).toEqual(['ws://127.0.0.1:4748']);
    expect(site.components.map(({ id, group }) => [id, group])).toEqual([
      ['ledger', 'money'],
      ['api', 'money'],
    ]);
    expect(site.components.flatMap(({ probes }) => probes)).toEqual([
      {
        kind: 'http',
        url: 'http://127.0.0.1:4748/healthz',
        method: 'GET',
        every_ms: 10_000,
        deadline_ms: 2000,
        statuses: [200, 204],
        slow_ms: 800,
        body: 'ok',
        json: { path: 'status.indicator', equals: 'none' },
      },
      { kind: 'tcp', host: '127.0.0.1', port: 4748, every_ms: 5000, deadline_ms: 1250 },
      { kind: 'tls', host: 'status.example.com', port: 443, every_ms: 30_000, deadline_ms: 7500, days: 21 },
      {
        kind: 'dns',
        name: 'status.example.com',
        type: 'AAAA',
        expect: '2001:db8::1',
        every_ms: 30_000,
        deadline_ms: 7500,
      },
      { kind: 'tcp', host: '::1', port: 5432, every_ms: 30_000, deadline_ms: 7500 },
    ]);
    expect(site.vendors[0]).toMatchObject({ id: 'talk', lifeline: 'chat' });
  });
});

test('the example in the documentation is complete and right', async () => {
  const page = await readFile(new URL('../../../docs/content.md', import.meta.url), 'utf8');
  const site = parse(/```yaml\n([\s\S]*?)```/.exec(page)?.[1] ?? '');
  expect(site.components.map(({ id }) => id)).toEqual(['ledger', 'website', 'support']);
});

describe('a mistake in site.yaml', () => {
  const cases: readonly (readonly [what: string, text: string, says: string])[] = [
    ['broken YAML', 'name: Demo\ngroups: [\n', 'site.yaml line 3: this is not valid YAML: '],
    ['a key twice', 'name: Demo\nname: Other\n', 'site.yaml line 2: this is not valid YAML: Map keys must be unique.'],
    ['an empty file', '', 'site.yaml line 1: expected a map with the keys name, url, '],
    ['no name', 'language: en\n', 'site.yaml line 1: expected the key "name", found none.'],
    ['an empty name', 'name: ""\n', 'site.yaml line 1: name: expected text that is not empty, found "".'],
    ['an unknown key', 'name: Demo\ncomponent: []\n', 'site.yaml line 2: expected a map with the keys name, '],
    ['the wrong shape', 'name: Demo\ngroups: 3\n', 'site.yaml line 2: groups: expected a list of groups, found 3.'],
    ['a language', 'name: Demo\nlanguage: klingon\n', 'line 2: language: expected en, pt-BR or es, found "klingon".'],
    ['a time zone', 'name: Demo\ntime_zone: Mars/Base\n', 'time_zone: expected a time zone such as Etc/UTC'],
    [
      'an offset',
      'name: Demo\ntime_zone: "+05:30"\n',
      'expected a time zone such as Etc/UTC or America/Sao_Paulo, found',
    ],
    ['a time zone in lower case', 'name: Demo\ntime_zone: utc\n', 'time_zone: expected a time zone such as Etc/UTC'],
    ['one in capitals', 'name: Demo\ntime_zone: AMERICA/NEW_YORK\n', 'time_zone: expected a time zone such as'],
    ['a path', 'name: Demo\nurl: https://x.example/path\n', 'url: expected an address without a path, since the site'],
    ['a mirror below a path', 'name: Demo\nmirrors: ["https://x.example/b/"]\n', 'expected an address without a path'],
    [
      'a mirror that is the site',
      'name: Demo\nurl: https://x.example\nmirrors:\n  - https://x.example/\n',
      'line 4: mirrors[0]: expected an address of its own, found "https://x.example/", which url is.',
    ],
    [
      'a mirror twice',
      'name: Demo\nmirrors:\n  - https://x.example\n  - https://X.example/\n',
      'line 4: mirrors[1]: expected an address of its own, found "https://X.example/", which another mirror is.',
    ],
    [
      'an empty group',
      'name: Demo\ngroups:\n  - { id: money, name: Money }\n',
      'line 3: groups[0]: expected a group with components, found "money" without any.',
    ],
    [
      'a query',
      'name: Demo\nurl: https://x.example/?q=1\n',
      'url: expected an address without ?, #, quotes and spaces',
    ],
    [
      'a claim that ends before the next',
      'name: Demo\nvalid_for: 5m\npublish_every: 5m\n',
      'valid_for: expected at least twice publish_every, which is 5m, found "5m".',
    ],
    [
      'a claim that is shorter than what was left out',
      'name: Demo\nvalid_for: 59s\n',
      'valid_for: expected at least twice publish_every, which is 30s, found "59s".',
    ],
    ['a claim too long', 'name: Demo\nvalid_for: 1h\n', 'valid_for: expected a duration from 5s to 15m, found "1h".'],
    [
      'a duration',
      component("tcp: 'db:5432'\n        every: soon"),
      'site.yaml line 7: components[0].probes[0].every: expected a duration such as 10s or 5m, found "soon".',
    ],
    ['a port', component("tcp: 'db:70000'"), 'probes[0].tcp: expected host:port, with a port from 1 to 65535, found'],
    ['no port', component('tcp: db'), 'probes[0].tcp: expected host:port, with a port from 1 to 65535, found "db".'],
    ['a scheme', component('http: ftp://x.example'), 'http: expected an address that begins with http:// or https://'],
    ['a password', component('http: https://me:pw@x.example'), 'expected an address without user name and password'],
    ['a placeholder', component("http: '{relay9}/healthz'"), 'http: expected only the placeholders {site}, {relay1}'],
    ['no kind of probe', component('every: 10s'), 'expected a map with exactly one of http, tcp, tls and dns, found a'],
    ['two kinds', component("tcp: 'a:1'\n        http: http://a"), 'expected a map with exactly one of http, tcp'],
    [
      'a late deadline',
      component("tcp: 'db:1'\n        every: 5s\n        deadline: 10s"),
      'line 8: components[0].probes[0].deadline: expected at most the interval of 5s, found "10s".',
    ],
    [
      'an id twice',
      'name: Demo\ncomponents:\n  - { id: a, name: A }\n  - { id: a, name: B }\n',
      'line 4: components[1].id: expected an id of its own, found "a", which another component has.',
    ],
    ['an id', 'name: Demo\ncomponents:\n  - { id: A B, name: A }\n', 'components[0].id: expected an id such as'],
    [
      'an unknown group',
      'name: Demo\ngroups: [{ id: money, name: Money, components: [{ id: b, name: B }] }]\ncomponents:\n  - { id: a, name: A, group: mony }\n',
      'line 4: components[0].group: expected the id of a group (money), found "mony".',
    ],
    [
      'an http mirror',
      'name: Demo\nmirrors:\n  - http://x.example\n',
      'line 3: mirrors[0]: expected an address that begins',
    ],
  ];

  test('a placeholder that nothing was named for is told with the options that name it', () => {
    const text = component("http: '{relay1}/healthz'");
    expect(() => parseSite(text, 'site.yaml', {})).toThrow(
      'http: expected an address without placeholders (put your own address there, or name with --relay and --site what {relay1} and {site} stand for), found "{relay1}/healthz".',
    );
  });

  test.each(cases)('%s is told with its line in one sentence', (_, text, says) => {
    const message = complaint(text);
    expect(message).toContain(says);
    expect(message.endsWith('.')).toBe(true);
    expect(message).not.toContain('\n');
  });

  test('of several, the first in the file is told', () => {
    expect(complaint('name: 3\nlanguage: x\n')).toMatch(/line 1: name/);
  });
});
