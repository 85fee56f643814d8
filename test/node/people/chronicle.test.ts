import { afterAll, beforeAll, expect, test } from 'vitest';
import { publicKeyOf } from '../../../src/log/event.ts';
import { openKeyLog, openMember } from '../../../src/node/organisation/open.ts';
import { qrText } from '../../../src/node/people/qr-text.ts';
import { lifeboat } from './command-line.ts';
import { type Harbour, openHarbour } from './harbour.ts';

let harbour: Harbour;
let code = '';
const markdown = async (...args: readonly string[]) =>
  (await lifeboat('export', '--dir', harbour.dir, '--markdown', ...args)).stdout;

beforeAll(async () => {
  harbour = await openHarbour();
  const said = await lifeboat(
    'post',
    '--dir',
    harbour.dir,
    '--json',
    '--wait',
    '0',
    '--name',
    '# <b>Cards</b> fail',
    '--impact',
    'major',
    'See https://status.example now.',
  );
  code = (JSON.parse(said.stdout) as { incident: string }).incident;
  await lifeboat('say', '--dir', harbour.dir, '--wait', '0', '[click](javascript:alert(1))\n# not a heading');
  const { log, rooms } = await openMember(harbour.dir, 'offline');
  const room = rooms.main('room')?.id ?? '';
  await rooms.say(room, 'hologram', { text: 'From the future.' });
  await rooms.create('room', 'War room');
  await log.writePublic('hologram', { incident: code, text: 'From the future.' });
  await log.close();
});
afterAll(() => harbour.close());

test('an incident’s chronicle says who, when, what, and makes no markup of what people wrote', async () => {
  const text = await markdown('--incident', code);
  expect(text).toMatch(/^# \\# \\<b\\>Cards\\<\/b\\> fail$/m);
  expect(text).toContain(`Incident \`${code}\` · investigating · impact major`);
  expect(text).toMatch(
    /^\*\*20\d\d-\d\d-\d\d \d\d:\d\d:\d\d UTC\*\* · [0-9a-f]{8} · incident\.update · `[0-9a-f]{8}`$/m,
  );
  expect(text).toContain('> See `https://status.example` now.');
  expect(text).toContain('> This entry needs a newer Lifeboat.');
  expect(text).not.toContain('not a heading');
});

test('everything tells the incidents and the opened rooms; one room tells only itself', async () => {
  const all = await markdown();
  expect(all).toContain('# Room Bridge');
  expect(all).toContain('\n> \\[click\\](javascript:alert(1))\\\n> \\# not a heading');
  expect(all).toContain(code);
  const bridge = await markdown('--room', 'Bridge');
  expect(bridge).not.toContain(code);
  expect(bridge).not.toContain('War room');
  expect(await lifeboat('export', '--dir', harbour.dir, '--markdown', '--room', 'Kitchen')).toMatchObject({
    code: 2,
    stdout: '',
    stderr: expect.stringContaining('War room'),
  });
  expect(await lifeboat('export', '--dir', harbour.dir, '--markdown', '--incident', 'zzzzzzzzzzzz')).toMatchObject({
    code: 1,
    stdout: '',
  });
});

test('what a removed device wrote beyond its cut is marked, and counts nowhere', async () => {
  const secret = new Uint8Array(32).fill(5);
  await lifeboat(
    'enrol',
    '--dir',
    harbour.dir,
    '--wait',
    '0',
    '--key',
    publicKeyOf(secret),
    '--role',
    'responder',
    '--name',
    'Thief',
  );
  await lifeboat('revoke', '--dir', harbour.dir, '--wait', '0', '--yes', 'Thief');
  const { log } = await openKeyLog(harbour.dir, 'device', 'offline');
  log.unlock(secret);
  await log.writePublic('incident.update', {
    incident: code,
    name: 'All is well',
    status: 'resolved',
    impact: 'none',
    text: 'Nothing happened.',
    lang: null,
    components: [],
  });
  await log.close();
  const text = await markdown('--incident', code);
  expect(text).toMatch(
    /Thief · incident\.update · `[0-9a-f]{8}` · \*\*from a removed device, beyond its cut: decides nothing\*\*/,
  );
  expect(text).toContain('· investigating ·');
});

test('tail shows one line of JSON a message, and what a newer app wrote as such', async () => {
  const tail = (...args: readonly string[]) => lifeboat('tail', '--dir', harbour.dir, '--once', '--wait', '0', ...args);
  const lines = (await tail('--room', 'Bridge', '--json')).stdout.trimEnd().split('\n');
  const types = lines.map((line) => (JSON.parse(line) as { type: string }).type);
  expect(types).toContain('hologram');
  expect((await tail('--room', 'Bridge')).stdout).toContain('[hologram] This entry needs a newer Lifeboat.');
  expect((await tail('--room', 'War room')).stdout).not.toContain('hologram');
});

test('the QR code is drawn where it fits, and not torn where it does not', () => {
  const link = `https://status.example/bridge/#join=${'a'.repeat(400)}`;
  const rows = qrText(link, 200).trimEnd().split('\n');
  expect(new Set(rows.map((row) => row.length)).size).toBe(1);
  expect(rows[0]).toMatch(/^█+$/);
  expect(qrText(link, 40)).toMatch(/^The QR code needs \d+ columns/);
});
