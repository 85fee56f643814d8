import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { foldIncidents } from '../../../src/model/incidents.ts';
import { createOrganisation } from '../../../src/node/organisation/create.ts';
import { readKey } from '../../../src/node/organisation/folder.ts';
import { openKeyLog } from '../../../src/node/organisation/open.ts';
import { announceSnapshot, nextClaims } from '../../../src/node/publish/sign.ts';
import { site } from '../publish/harbour.ts';
import { type Ended, jsonOf, lifeboat, ONE_SENTENCE, runCommand, startCommand } from './command-line.ts';
import { type Harbour, openHarbour } from './harbour.ts';

interface Facts {
  readonly incident: string;
  readonly maintenance: string;
  readonly update: string;
  readonly stored: readonly string[];
  readonly waiting: boolean;
}

let harbour: Harbour;
const SITE = 'name: Tidewater\ngroups: [{ id: money, components: [{ id: ledger }] }]\ncomponents: [{ id: cards }]\n';

beforeAll(async () => {
  harbour = await openHarbour();
  await harbour.start();
  const templates = join(harbour.dir, 'content', 'templates');
  await mkdir(templates, { recursive: true });
  await writeFile(join(harbour.dir, 'content', 'site.yaml'), SITE);
  await writeFile(
    join(templates, 'works.yaml'),
    'title: Works\nkind: maintenance\nstatus: scheduled\nname: Works on <part>\nlang: en\ntext: We work on <part>.\ntranslations: { es: { name: Obras, text: Trabajamos. } }\n',
  );
  await writeFile(join(templates, 'over.yaml'), 'title: Over\nstatus: resolved\nimpact: none\ntext: It is over.\n');
  await lifeboat('roster', '--dir', harbour.dir, '--wait', '5', 'set', 'relays', harbour.relay);
});
afterAll(() => harbour.close());

/** A process of its own, over the real relay. */
const cli = (word: string, ...args: readonly string[]): Promise<Ended> =>
  runCommand(word, '--dir', harbour.dir, '--wait', '5', ...args);
const post = async (...args: readonly string[]) => jsonOf<Facts>(await cli('post', '--json', ...args));
/** In this process, for what only complains. */
const complaint = async (...args: readonly string[]) => {
  const { code, stdout, stderr } = await lifeboat('post', '--dir', harbour.dir, '--wait', '0', ...args);
  expect([code, stdout, stderr]).toEqual([expect.any(Number), '', expect.stringMatching(ONE_SENTENCE)]);
  return `${code} ${stderr}`;
};

async function fold() {
  const { log } = await openKeyLog(harbour.dir, 'device', 'offline');
  const found = foldIncidents(log.events(), log.roster());
  await log.close();
  return found;
}

const chronicle = async (code: string) =>
  (await lifeboat('export', '--dir', harbour.dir, '--markdown', '--incident', code)).stdout;

describe('a maintenance from the command line', () => {
  let code = '';

  test('is announced from a template, once nothing is left to fill in', async () => {
    const times = ['--from', '2026-12-01T22:00Z', '--until', '2026-12-02T01:00:00+01:00'];
    const wanted = ['--maintenance', 'new', '--template', 'works', '--component', 'ledger', ...times];
    expect(await complaint(...wanted)).toMatch(/^2 .*still to be filled in: <part>\. Nothing was posted/);
    const filled = [...wanted, '--name', 'Works on the ledger', '--text', 'We work on it.', '--lang', 'en'];
    const posted = await post(...filled, '--translation', 'es=Trabajamos.', '--name-translation', 'es=Obras');
    expect(posted).toMatchObject({ stored: [harbour.relay], waiting: false });
    code = posted.maintenance;
    expect((await fold()).maintenances).toMatchObject([
      {
        code,
        name: 'Works on the ledger',
        status: 'scheduled',
        impact: 'maintenance',
        scheduled_for: '2026-12-01T22:00:00.000Z',
        scheduled_until: '2026-12-02T00:00:00.000Z',
        components: ['ledger'],
        updates: [{ lang: 'en', translations: [{ lang: 'es', name: 'Obras', text: 'Trabajamos.' }] }],
      },
    ]);
  });

  test('goes on with what was left out: status, name, components; times can be moved', async () => {
    await post('--maintenance', code, '--until', '2026-12-02T02:00Z', 'It takes longer.');
    await post('--maintenance', code, '--status', 'in_progress', 'We have begun.');
    expect((await fold()).maintenances).toMatchObject([
      {
        name: 'Works on the ledger',
        status: 'in_progress',
        scheduled_for: '2026-12-01T22:00:00.000Z',
        scheduled_until: '2026-12-02T02:00:00.000Z',
        components: ['ledger'],
      },
    ]);
    expect(await chronicle(code)).toMatch(
      /^# Works on the ledger\n\nMaintenance `\w+` · in\\_progress · impact maintenance · 2026-12-01 22:00 to 2026-12-02 02:00 UTC$/m,
    );
  });

  test('is refused with one sentence where its times are wrong', async () => {
    const wrong = (...args: readonly string[]) =>
      complaint('--maintenance', 'new', '--name', 'A', '--text', 'B', ...args);
    expect(await wrong()).toMatch(/--from is missing/);
    expect(await wrong('--from', '2026-12-01 22:00')).toMatch(/a time with its zone, such as/);
    for (const day of ['2026-02-30', '2027-02-29', '2026-11-31'])
      expect(await wrong('--from', `${day}T22:00Z`, '--until', '2028-03-01T22:00Z')).toMatch(/--from must be a time/);
    expect(await wrong('--from', '2026-12-01T22:00Z', '--until', '2026-12-01T22:00Z')).toMatch(/not after its start/);
    expect(await complaint('--maintenance', code, '--component', 'ledger=operational', 'x')).toMatch(/an id alone/);
    expect(await complaint('--maintenance', code, '--status', 'resolved', 'x')).toMatch(/must be one of scheduled/);
    expect(await wrong('--from', '0202-12-01T22:00Z')).toMatch(/outside the years 2000 to 2100/);
    expect(await complaint('--maintenance', 'zzzzzzzzzzzz', 'x')).toContain(`this device knows ${code} (Works on the`);
  });

  test('stays as it ended: what a person may do instead is said', async () => {
    const { update } = await post('--maintenance', code, '--status', 'completed', 'It is done.');
    const again = await complaint('--maintenance', code, '--status', 'in_progress', 'Not quite.');
    expect(again).toMatch(/^2 .* is completed and stays so: announce another with --maintenance new, or, /);
    expect(again).toContain(`--retract ${update.slice(0, 8)}.`);
    await post('--maintenance', code, 'It was done by midnight.');
    await post('--retract', update, '--reason', 'It was not done.');
  });
});

describe('what the public cannot read', () => {
  const told = (name: string, text = 'B', ...more: readonly string[]) =>
    complaint('--name', name, '--text', text, ...more);

  test('is refused: a name or text that shows nothing, a name that is no line or too long', async () => {
    expect(await told('\u200b\u3164')).toMatch(/^2 .*--name is empty/);
    expect(await told('A', '\u2060\u2800')).toMatch(/--text is missing/);
    expect(await told('A', 'B', '--translation', 'es=\u200b')).toMatch(/must be <en\|pt-BR\|es>=<text>/);
    for (const name of ['Cards\nfail', 'Cards\u007f', 'Cards\u001b[2J'])
      expect(await told(name)).toMatch(/--name must be one line without control characters/);
    expect(await told('a'.repeat(201))).toMatch(/--name has 201 characters and may have 200/);
    const translated = ['--translation', 'es=b', '--name-translation', `es=${'a'.repeat(201)}`];
    expect(await told('A', 'B', ...translated)).toMatch(/--name-translation has 201 characters/);
    expect(await complaint('--retract', 'abcdefgh', '--reason', '\u200b')).toMatch(/--reason is missing/);
  });
});

describe('an incident from the command line', () => {
  let code = '';
  let first = '';

  test('may have happened earlier, and never later', async () => {
    const named = ['--name', 'Cards failed', '--component', 'cards=major_outage'];
    expect(await complaint(...named, '--at', '2099-01-01T00:00Z', 'x')).toMatch(/lies in the future/);
    expect(await complaint(...named, '--at', '2026-02-30T03:00Z', 'x')).toMatch(/--at must be a time with its zone/);
    for (const name of ['', '  ']) expect(await complaint('--name', name, 'x')).toMatch(/^2 .*--name is empty/);
    const posted = await post(...named, '--impact', 'major', '--at', '2026-11-01T03:00Z', 'Sum cards failed.');
    [code, first] = [posted.incident, posted.update];
    expect((await fold()).incidents[0]).toMatchObject({
      started_at: '2026-11-01T03:00:00.000Z',
      updates: [{ at: '2026-11-01T03:00:00.000Z', written_at: expect.any(String) }],
    });
    expect(await chronicle(code)).toContain('**happened 2026-11-01 03:00 UTC**');
  });

  test('is resolved from a template; a postmortem follows only then', async () => {
    expect(await complaint('--incident', code, '--status', 'postmortem', 'x')).toMatch(/follows an incident/);
    expect(await complaint('--incident', code, '--status', 'resolved', '--at', '2026-10-31T03:00Z', 'x')).toMatch(
      /^2 .*--at must not lie before 2026-11-01T03:00:00\.000Z, when incident \w+ began/,
    );
    await post('--incident', code, '--template', 'over');
    await post('--incident', code, '--status', 'postmortem', 'A cable was cut.');
    const [incident] = (await fold()).incidents;
    expect(incident?.updates.map(({ status }) => status)).toEqual(['postmortem', 'resolved', 'investigating']);
    expect(incident?.resolved_at).not.toBeNull();
  });

  test('has a text corrected: both stay, and nothing else changes', async () => {
    const { update } = await post('--correct', first.slice(0, 8), '--text', 'Some cards failed.');
    const [incident] = (await fold()).incidents;
    expect(incident).toMatchObject({ status: 'postmortem', started_at: '2026-11-01T03:00:00.000Z' });
    expect(incident?.updates[2]).toMatchObject({
      id: update,
      status: 'investigating',
      text: 'Some cards failed.',
      components: [{ id: 'cards', status: 'major_outage' }],
      corrected: [{ id: first, text: 'Sum cards failed.' }],
    });
    expect(await chronicle(code)).toContain(`**corrected by ${update.slice(0, 8)}**`);
    expect(await complaint('--correct', first, '--status', 'resolved', 'x')).toMatch(
      /--status does not go with --correct/,
    );
    expect(await complaint('--correct', '0123456789', 'x')).toMatch(/^1 .*knows no public update 0123456789/);
  });

  test('has an update taken back with a reason, then the whole; it stays in the chronicle', async () => {
    expect(await complaint('--retract', first)).toMatch(/--reason is missing/);
    await post('--retract', first, '--reason', 'This was another <b>bank</b>.');
    expect((await fold()).incidents[0]?.updates[2]).toMatchObject({ retracted: { reason: expect.any(String) } });
    expect(await complaint('--retract', first, '--reason', 'x')).toMatch(/^1 .*taken back already/);
    const whole = await cli('post', '--json', '--retract', code, '--reason', 'It never happened.');
    expect(whole).toMatchObject({ code: 1 });
    const { incidents, retracted } = await fold();
    expect([incidents.map((one) => one.code), retracted.incidents.map((one) => one.code)]).toEqual([[], [code]]);
    expect(await chronicle(code)).toMatch(/^Incident `\w+` · .* · taken back: It never happened\.$/m);
  });

  test('gives translations once each, in languages of the page, never in its own', async () => {
    const told = (...args: readonly string[]) => complaint('--name', 'A', '--text', 'B', '--lang', 'en', ...args);
    expect(await told('--translation', 'fr=Bonjour')).toMatch(/must be <en\|pt-BR\|es>=<text>, not "fr=Bonjour"/);
    expect(await told('--translation', 'es=a', '--translation', 'es=b')).toMatch(/given twice/);
    expect(await told('--translation', 'en=a')).toMatch(/language of the text itself/);
    expect(await told('--name-translation', 'es=a')).toMatch(/needs its text too/);
    expect(await told('--translation', `es=${'ñ'.repeat(40_000)}`)).toMatch(/may take 62000: shorten it/);
  });
});

test('tail shows among the messages what was said in public, and what became of it', async () => {
  const { stdout } = await cli('tail', '--public', '--once', '--last', '100');
  expect(stdout).toMatch(/\[maintenance\.update [0-9a-f]{8}\] We have begun\./);
  expect(stdout).toMatch(
    /Sum cards failed\.(.*\n)*?.*\(happened 2026-11-01 03:00 UTC\) {2}\(corrected by [0-9a-f]{8}\)/,
  );
  expect(stdout).toMatch(/\[incident\.retract [0-9a-f]{8}\] .*reason: It never happened\./);
  expect((await cli('tail', '--once')).stdout).not.toContain('We have begun.');
});

test('a component is set by hand, beside any incident', async () => {
  expect(await post('--set', 'ledger=degraded_performance')).toMatchObject({
    component: 'ledger',
    status: 'degraded_performance',
    stored: [harbour.relay],
  });
  expect((await fold()).settings.get('ledger')).toMatchObject({ status: 'degraded_performance' });
  expect(await complaint('--set', 'ledger=slow')).toMatch(/--set must be one of operational/);
  expect(await complaint('--set', 'ledger=operational=slow')).toMatch(
    /--set must be <id>=<status>, not "ledger=operational=slow"\./,
  );
});

test('a component that is set by hand shows what an open incident says of it, if that is worse', async () => {
  const { incident } = await post('--name', 'Ledger stops', '--component', 'ledger=partial_outage', 'We look.');
  const set = async (status: string) =>
    (await lifeboat('post', '--dir', harbour.dir, '--wait', '5', '--set', `ledger=${status}`)).stdout;
  expect(await set('operational')).toMatch(
    `Component ledger set to operational, which shows only once incident ${incident} no longer says partial_outage: `,
  );
  expect(await set('major_outage')).toMatch(/^Component ledger set to major_outage: /);
});

describe('a component that nobody has', () => {
  const named = ['--name', 'A', '--text', 'B'];
  const wrong = /^2 .*There is no component "crads"; the page has cards, ledger\. Nothing was posted/;

  test('is refused before anything is signed, with those that there are', async () => {
    const before = (await fold()).incidents.length;
    const works = ['--maintenance', 'new', '--from', '2026-12-01T22:00Z', '--until', '2026-12-02T22:00Z'];
    expect(await complaint(...named, '--component', 'crads=major_outage')).toMatch(wrong);
    expect(await complaint(...named, ...works, '--component', 'cards', '--component', 'crads')).toMatch(wrong);
    expect(await complaint('--set', 'crads=major_outage')).toMatch(wrong);
    expect(await complaint('--set', 'weather=major_outage')).toMatch(
      /no component "weather"; the page has ledger, cards/,
    );
    expect((await fold()).incidents).toHaveLength(before);
  });

  test('is looked for in the snapshot where no site.yaml is at hand; with neither, it is said and posted', async () => {
    const dir = harbour.path('away');
    await mkdir(dir);
    await createOrganisation(dir, 'Away');
    const away = (id: string) => lifeboat('post', '--dir', dir, '--wait', '0', '--set', `${id}=major_outage`);
    expect(await away('crads')).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('on this device'),
      stderr: 'Whether the page has a component "crads" could not be checked: no site.yaml is here.\n',
    });
    const { log } = await openKeyLog(dir, 'device', 'offline');
    log.unlock(await readKey(dir, 'publisher'));
    const facts = { description: null, group: null, checked_at: null, changed_at: null, valid_until: null };
    const components = [{ ...facts, id: 'cards', name: 'Cards', status: 'operational' } as const];
    const state = { groups: [], components, incidents: [], recent: [], maintenances: [] };
    await announceSnapshot(log, { ...nextClaims(site, state, 0, Date.now()), parts: '0'.repeat(64) });
    await log.close();
    expect(await away('crads')).toMatchObject({ code: 2, stderr: expect.stringContaining('the page has cards.') });
    expect(await away('cards')).toMatchObject({ code: 1, stderr: '' });
    // A site.yaml that is older than the page, or newer, refuses nothing that either of them has.
    await mkdir(join(dir, 'content'));
    await writeFile(join(dir, 'content', 'site.yaml'), 'name: Away\ncomponents: [{ id: ledger }]\n');
    expect(await away('cards')).toMatchObject({ code: 1, stderr: '' });
    expect(await away('ledger')).toMatchObject({ code: 1, stderr: '' });
  });

  test('keeps nobody from posting where site.yaml is broken; its mistake is named', async () => {
    const dir = harbour.path('broken');
    await mkdir(join(dir, 'content'), { recursive: true });
    await createOrganisation(dir, 'Broken');
    await writeFile(join(dir, 'content', 'site.yaml'), 'name: A\ncomponents:\n  - cards\n');
    const { stdout, stderr } = await lifeboat('post', '--dir', dir, '--wait', '0', '--set', 'cards=major_outage');
    expect(stdout).toContain('on this device');
    expect(stderr).toMatch(/^site\.yaml line 3: components\[0\]: expected a component, found "cards"\.\n/);
  });

  test('keeps nobody from posting where site.yaml cannot even be read', async () => {
    const dir = harbour.path('unreadable');
    await mkdir(join(dir, 'content', 'site.yaml'), { recursive: true });
    await createOrganisation(dir, 'Unreadable');
    const { stdout, stderr } = await lifeboat('post', '--dir', dir, '--wait', '0', '--set', 'cards=major_outage');
    expect(stdout).toContain('on this device');
    expect(stderr).toMatch(/^site\.yaml cannot be read \(.*\); going on without it\.\n/);
  });
});

test('an update adds to what stood: a part that goes unmentioned stays as it was, and a template plays nothing down', async () => {
  const opened = ['--name', 'Cards down', '--impact', 'critical', '--component', 'cards=major_outage'];
  const { incident } = await post(...opened, 'Cards fail.');
  const known = async () => (await fold()).incidents.find(({ code }) => code === incident);
  await post('--incident', incident, '--component', 'ledger=degraded_performance', 'The ledger is slow too.');
  expect((await known())?.components).toEqual([
    { id: 'cards', status: 'major_outage' },
    { id: 'ledger', status: 'degraded_performance' },
  ]);
  await post('--incident', incident, '--component', 'cards=operational', 'Cards work.');
  expect((await known())?.components[0]).toEqual({ id: 'cards', status: 'operational' });
  await post('--incident', incident, '--template', 'over');
  expect(await known()).toMatchObject({ status: 'resolved', impact: 'critical' });
  expect(await complaint('--name', 'A', '--lang', 'xx', 'B')).toMatch(
    /^2 .*--lang must be one of en, pt-BR, es, not "xx"/,
  );
});

test('an incident whose name is longer than names may be now goes on under it', async () => {
  const dir = harbour.path('long');
  await createOrganisation(dir, 'Long');
  const { log } = await openKeyLog(dir, 'device', 'offline');
  log.unlock(await readKey(dir, 'device'));
  const incident = { incident: 'longname0001', name: 'n'.repeat(300), components: [], lang: 'en', text: 'A' } as const;
  await log.writePublic('incident.update', { ...incident, status: 'investigating', impact: 'minor' });
  await log.close();
  const update = ['post', '--dir', dir, '--wait', '0', '--incident', incident.incident, '--text', 'B'];
  expect(await lifeboat(...update, '--status', 'monitoring')).toMatchObject({ stderr: '' });
  expect(await lifeboat(...update, '--name', 'm'.repeat(300))).toMatchObject({ code: 2 });
});

test('the page is the one of url in site.yaml, for what was posted and for an invite', async () => {
  const asked: string[] = [];
  const server = createServer(({ url = '' }, response) => {
    asked.push(url);
    response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await writeFile(join(harbour.dir, 'content', 'site.yaml'), `${SITE}url: ${url}\n`);
  onTestFinished(() => writeFile(join(harbour.dir, 'content', 'site.yaml'), SITE));
  const posted = await lifeboat('post', '--dir', harbour.dir, '--wait', '1', '--set', 'cards=operational');
  expect(posted.stdout).toContain(`not seen on ${url} yet`);
  expect(asked).toContain('/api/lifeboat/v1/snapshot.json');
  const inviting = startCommand(['invite', '--dir', harbour.dir, '--json', '--wait', '5']);
  const [line] = (await once(inviting.child.stdout, 'data')) as [Buffer];
  expect(JSON.parse(String(line))).toMatchObject({ link: expect.stringMatching(`^${url}/`) });
});

test('a correction waits for a second opinion where the rule asks for one', async () => {
  const { update } = await post('--name', 'Payouts late', '--impact', 'major', 'They are lte.');
  await cli('roster', 'set', 'approvals', 'major=1');
  expect(await post('--correct', update, '--text', 'They are late.')).toMatchObject({ waiting: true });
  expect((await fold()).incidents[0]?.updates).toMatchObject([{ id: update, text: 'They are lte.' }]);
  expect(await post('--retract', update, '--reason', 'Wrong.')).toMatchObject({ waiting: false });
});

test.each([
  [['--approve', 'a', '--retract', 'b'], /^2 .*Give --retract or --approve, not both/],
  [['--incident', 'a', '--maintenance', 'b'], /^2 .*Give --incident or --maintenance, not both/],
  [['--from', '2026-12-01T22:00Z', 'x'], /^2 .*--from does not go with --incident/],
  [['--retract', 'a', '--reason', 'b', 'word'], /^2 .*--retract takes no text/],
  [['--name', 'Cards', 'fail', '--text', 'x'], /^2 .*"fail" stands beside --text; quote what belongs to one option/],
  [
    ['--name', 'A', '--component', 'cards=operational', '--component', 'cards=major_outage', 'x'],
    /^2 .*--component names cards twice/,
  ],
  [['--name', 'A', '--template', 'works'], /^2 .*"works" is for a maintenance/],
  [['--name', 'A', '--template', 'none'], /^2 .*There is no template "none" .* it has over/],
])('what does not go together ends with one sentence: %j', async (args, sentence) => {
  expect(await complaint(...args)).toMatch(sentence);
});
