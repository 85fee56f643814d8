import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { publicKeyOf } from '../../../src/log/event.ts';
import { jsonOf, lifeboat, ONE_SENTENCE, startCommand } from './command-line.ts';
import { type Harbour, openHarbour } from './harbour.ts';

interface RosterView {
  readonly generation: number;
  readonly this_device: string;
  readonly members: readonly {
    readonly member: string;
    readonly name: string | null;
    readonly devices: readonly {
      readonly pk: string;
      readonly roles: readonly string[];
      readonly vantage: string | null;
      readonly removed: boolean;
      readonly granted_by: readonly string[];
      readonly cut: Record<string, readonly string[]>;
    }[];
  }[];
  readonly settings: { readonly relays: readonly string[]; readonly approvals: Record<string, number> };
  readonly purged: readonly string[];
}

let harbour: Harbour;
const cli = (word: string, ...args: readonly string[]) => lifeboat(word, '--dir', harbour.dir, ...args);
const rosterOf = async (dir: string) =>
  jsonOf<RosterView>(await lifeboat('roster', '--dir', dir, '--json', '--wait', '3'));
const roster = () => rosterOf(harbour.dir);
const devices = (view: RosterView) => view.members.flatMap((member) => member.devices);
const secretOf = (dir: string, name: string) =>
  Buffer.from(readFileSync(join(dir, `${name}.key`), 'utf8').trim(), 'hex');

beforeAll(async () => {
  harbour = await openHarbour();
  await cli('roster', 'set', 'relays', harbour.relay);
});
afterAll(() => harbour.close());

/** Joins by an invite, from the command line on both sides; resolves with the new folder. */
async function join_(name: string, role: string): Promise<string> {
  const inviting = startCommand([
    'invite',
    '--dir',
    harbour.dir,
    '--site',
    'https://status.example/',
    '--role',
    role,
    '--auto',
    '--json',
  ]);
  const [line] = (await once(inviting.child.stdout, 'data')) as [Buffer];
  const { link } = JSON.parse(String(line)) as { link: string };
  const dir = harbour.path(name);
  const joined = await lifeboat('enrol', '--dir', dir, '--invite', link, '--name', name, '--json', '--wait', '30');
  expect(joined.stderr).toBe('');
  expect(jsonOf(joined)).toMatchObject({ enrolled: name, roles: [role] });
  expect((await inviting.ended).stdout).toContain(JSON.parse(joined.stdout.split('\n')[0] ?? '').words.join('","'));
  return dir;
}

describe('with no relay at all', () => {
  test('roster names members, devices, roles, vantage and who granted them', async () => {
    const view = await roster();
    expect(devices(view).map(({ roles, vantage, granted_by }) => [roles, vantage, granted_by])).toEqual([
      [['admin', 'commander'], null, ['root']],
      [['watcher'], 'first', ['root']],
      [['publisher'], null, ['root']],
    ]);
    expect((await cli('roster')).stdout).toContain(`${view.this_device}  member`);
  });

  test('roster set changes a setting, each time with a higher number', async () => {
    await cli('roster', 'set', 'approvals', 'critical=1', '--override-after', '60');
    await cli('roster', 'set', 'approvals', 'major=1', 'critical=1');
    expect((await roster()).settings.approvals).toEqual({ major: 1, critical: 1 });
    await cli('roster', 'set', 'approvals');
    expect((await roster()).settings.approvals).toEqual({});
    for (const wrong of [['relays', 'https://x.example'], ['approvals', 'major=2'], ['colour', 'red'], []]) {
      expect(await cli('roster', 'set', ...wrong)).toMatchObject({
        code: 2,
        stdout: '',
        stderr: expect.stringMatching(ONE_SENTENCE),
      });
    }
  });

  test('enrol grants a key once, and revoke removes it once and for ever', async () => {
    const pk = publicKeyOf(new Uint8Array(32).fill(9));
    const granted = await cli('enrol', '--key', pk, '--role', 'responder', '--name', 'Ana', '--json');
    expect(jsonOf(granted)).toMatchObject({ pk, roles: ['responder'], stored: [] });
    expect((await roster()).members.find(({ name }) => name === 'Ana')?.devices[0]).toMatchObject({
      pk,
      removed: false,
    });
    expect(await cli('enrol', '--key', pk, '--role', 'responder')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('already'),
    });
    expect(await cli('revoke', 'Ana')).toMatchObject({ code: 2, stderr: expect.stringContaining('--yes') });
    const gone = await cli('revoke', 'Ana', '--yes', '--json');
    expect(jsonOf(gone)).toMatchObject({ removed: [{ pk }], rooms: 2, stored: [] });
    expect((await roster()).members.find(({ name }) => name === 'Ana')?.devices[0]).toMatchObject({
      pk,
      removed: true,
    });
    expect(await cli('revoke', pk, '--yes')).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(ONE_SENTENCE),
    });
    expect(await cli('enrol', '--key', pk, '--role', 'responder')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('for ever'),
    });
  });

  test('revoke keeps the last admin, and finds nobody in nonsense', async () => {
    const { this_device } = await roster();
    expect(await cli('revoke', this_device, '--yes')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('last live admin'),
    });
    expect(await cli('revoke', harbour.root, '--yes')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('cannot be removed'),
    });
    for (const wanted of ['nobody', 'ff', '', '../..']) {
      expect(await cli('revoke', wanted, '--yes')).toMatchObject({
        code: 2,
        stdout: '',
        stderr: expect.stringMatching(ONE_SENTENCE),
      });
    }
    expect(devices(await roster()).find(({ pk }) => pk === this_device)?.removed).toBe(false);
  });

  test('enrol --new makes a folder with one key and no secret of others', async () => {
    const out = harbour.path('north');
    const made = jsonOf(await cli('enrol', '--new', 'watcher', '--vantage', 'north', '--out', out, '--json'));
    expect(made).toMatchObject({ pk: publicKeyOf(secretOf(out, 'watcher')), roles: ['watcher'] });
    expect(devices(await roster()).find(({ vantage }) => vantage === 'north')?.pk).toBe(made['pk']);
    expect((await lifeboat('verify', out, '--json')).stdout).toContain('"ok":true');
    expect(await cli('enrol', '--new', 'watcher', '--vantage', 'south', '--out', out)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('holds a key already'),
    });
    expect(await cli('enrol', '--new', 'watcher', '--vantage', 'north', '--out', harbour.path('n2'))).toMatchObject({
      code: 2,
    });
  });

  test('enrol --new makes no key for a site.yaml that would not start', async () => {
    const content = harbour.path('ops/content');
    await mkdir(content);
    await writeFile(join(content, 'site.yaml'), 'name: Tidewater\nvalid_for: 99m\n');
    const keys = devices(await roster()).length;
    const out = harbour.path('west');
    expect(await cli('enrol', '--new', 'watcher', '--vantage', 'west', '--out', out)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('site.yaml line 2: valid_for: expected a duration from 5s to 15m, found "99m".'),
    });
    expect([devices(await roster()).length, existsSync(out)]).toEqual([keys, false]);
    await rm(content, { recursive: true });
  });

  test('a broken folder and a wrong use each end with one sentence and 2', async () => {
    for (const args of [
      ['sync'],
      ['export'],
      ['import', 'x'],
      ['roster'],
      ['revoke', 'x'],
      ['tail'],
      ['say', 'x'],
      ['enrol', '--key', 'x', '--role', 'admin'],
    ]) {
      const [word = '', ...rest] = args;
      const { code, stdout, stderr } = await lifeboat(word, '--dir', harbour.path('nowhere'), ...rest);
      expect([args, code, stdout, ONE_SENTENCE.test(stderr)]).toEqual([args, 2, '', true]);
    }
    for (const args of [
      ['enrol'],
      ['enrol', '--key', 'x'],
      ['enrol', '--key', 'f'.repeat(64), '--role', 'responder'],
      ['enrol', '--key', harbour.root, '--role', 'admin'],
      ['enrol', '--key', harbour.root, '--role', 'admin', '--vantage', 'north'],
      ['enrol', '--key', harbour.root, '--role', 'admin', '--out', 'y'],
      ['enrol', '--new', 'admin', '--out', 'y'],
      ['enrol', '--new', 'publisher', '--out', 'y', '--vantage', 'north'],
      ['enrol', '--new', 'watcher', '--out', 'y', '--vantage', 'a', '--name', 'North'],
      ['enrol', '--invite', 'https://x.example/#join=abc', '--name', 'x'],
      ['roster', 'burn'],
      ['roster', 'purge'],
      ['roster', 'restart', '--yes'],
    ]) {
      const [word = '', ...rest] = args;
      const { code, stdout, stderr } = await cli(word, ...rest);
      expect([args, code, stdout, ONE_SENTENCE.test(stderr)]).toEqual([args, 2, '', true]);
    }
  });
});

describe('with a relay that returns', () => {
  test('what was done offline reaches it, a newcomer joins by the command line, and all spreads', async () => {
    await harbour.start();
    const ben = await join_('ben', 'responder');
    expect((await lifeboat('say', '--dir', ben, 'Here I am.')).code).toBe(0);
    const { stdout } = await cli('tail', '--once');
    expect(stdout).toContain('ben  Here I am.');
    const view = await rosterOf(ben);
    expect(view.members.map(({ name }) => name)).toContain('Ana');
    expect(await lifeboat('revoke', '--dir', ben, 'Ana', '--yes')).toMatchObject({ code: 1 });
    expect(await lifeboat('enrol', '--dir', ben, '--key', view.this_device, '--role', 'admin')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('no admin'),
    });
  });

  test('a second opinion is given from the command line, and only by somebody else', async () => {
    await cli('roster', 'set', 'approvals', 'major=1', '--override-after', '0');
    const posted = await cli('post', '--json', '--name', 'Cards fail', '--impact', 'major', 'Looking.', '--wait', '5');
    const { update, waiting } = jsonOf<{ update: string; waiting: boolean }>(posted);
    expect(waiting).toBe(true);
    expect(await cli('post', '--approve', update)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('another member'),
    });
    const ben = harbour.path('ben');
    expect(jsonOf(await lifeboat('post', '--dir', ben, '--approve', update, '--json', '--wait', '5'))).toMatchObject({
      update,
      waiting: false,
    });
    const next = jsonOf<{ update: string }>(
      await cli('post', '--json', '--name', 'Again', '--impact', 'major', 'Looking.', '--wait', '5'),
    );
    expect(await lifeboat('post', '--dir', ben, '--override', next.update, '--reason', 'x')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('may not override'),
    });
    expect(
      jsonOf(await cli('post', '--override', next.update, '--reason', 'Nobody is awake.', '--json', '--wait', '5')),
    ).toMatchObject({ waiting: false });
    expect(await cli('post', '--approve', next.update)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('none waits'),
    });
  });

  test('a removal made while every relay is dead spreads when one returns', async () => {
    const ben = harbour.path('ben');
    const { this_device } = await rosterOf(ben);
    await harbour.stop();
    expect(await cli('revoke', this_device, '--yes')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('on none of 1 relays yet'),
    });
    expect((await lifeboat('say', '--dir', ben, 'I do not know yet.')).code).toBe(1);
    await harbour.start();
    expect((await cli('sync')).code).toBe(0);
    expect(devices(await rosterOf(ben)).find(({ pk }) => pk === this_device)?.removed).toBe(true);
    expect((await cli('tail', '--once')).stdout).not.toContain('I do not know yet.');
  });

  test('a removed device is told so at once by each command, and need not wait for what will not come', async () => {
    const ben = harbour.path('ben');
    const started = Date.now();
    expect(await lifeboat('say', '--dir', ben, 'Am I still here?', '--wait', '60')).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/on 0 of 1 relays; refused by ws:.*: restricted: /),
    });
    expect(await lifeboat('sync', '--dir', ben, '--wait', '60')).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/in step: .*; takes \d+ not \(restricted: /),
    });
    expect(Date.now() - started).toBeLessThan(30_000);
  });

  test('the root purges content with its sheet, and a new generation leaves a turned admin out', async () => {
    const carla = await join_('carla', 'admin');
    const said = jsonOf<{ id: string }>(await cli('say', '--json', 'The card number is 4111.'));
    const sheet = join(harbour.dir, 'paper', 'root-key.txt');
    expect(await cli('roster', 'purge', '--yes', '--root-key', join(harbour.dir, 'device.key'), said.id)).toMatchObject(
      { code: 2, stderr: expect.stringContaining('not the root key') },
    );
    expect(jsonOf(await cli('roster', 'purge', '--yes', said.id, '--json'))).toMatchObject({ purged: [], waiting: 1 });
    expect(jsonOf(await cli('roster', 'purge', '--yes', '--root-key', sheet, said.id, '--json'))).toMatchObject({
      purged: [said.id],
      waiting: 0,
    });
    expect((await cli('tail', '--once')).stdout).not.toContain('4111');
    const { this_device } = await rosterOf(carla);
    const dan = await join_('dan', 'responder');
    await lifeboat('say', '--dir', dan, 'Dan was here.');
    const dans = (await rosterOf(dan)).this_device;
    expect((await lifeboat('revoke', '--dir', carla, 'dan', '--yes')).code).toBe(0);
    expect((await cli('roster', 'restart')).stderr).toContain('leave nobody out');
    expect((await cli('roster', 'restart', '--without', this_device)).stderr).toContain(
      `without ${this_device.slice(0, 8)}, and without what they set`,
    );
    const restarted = await cli('roster', 'restart', '--yes', '--root-key', sheet, '--without', this_device, '--json');
    expect(jsonOf(restarted)).toMatchObject({ generation: 1, without: [this_device], back: [dans] });
    const view = await rosterOf(carla);
    expect(view.generation).toBe(1);
    expect(devices(view).find(({ pk }) => pk === this_device)?.removed).toBe(true);
    // Whom the turned admin alone had removed is back, and so is what he says.
    expect(devices(await rosterOf(dan)).find(({ pk }) => pk === dans)?.removed).toBe(false);
    expect((await lifeboat('say', '--dir', dan, 'Back again.')).code).toBe(0);
    expect((await cli('tail', '--once')).stdout).toMatch(/dan {2}Dan was here\.\n(.*\n)*.*dan {2}Back again\.\n/);
    expect(
      await lifeboat('enrol', '--dir', carla, '--key', publicKeyOf(new Uint8Array(32).fill(77)), '--role', 'admin'),
    ).toMatchObject({ code: 1 });
    const file = harbour.path('purged.jsonl');
    await cli('export', '--out', file);
    expect(readFileSync(file, 'utf8')).toContain(`"purged":"${said.id}"`);
    expect(await lifeboat('verify', file, '--org', harbour.root)).toMatchObject({ code: 0, stderr: '' });
  });
});
