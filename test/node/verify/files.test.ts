import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { publicKeyOf } from '../../../src/log/event.ts';
import { exportLines } from '../../../src/log/export.ts';
import { linesOf } from '../../../src/log/lines.ts';
import { checkSnapshot } from '../../../src/log/published/check-snapshot.ts';
import { checkEventLines, MAX_LINE_BYTES } from '../../../src/log/published/event-lines.ts';
import { placeInLog } from '../../../src/log/published/log-order.ts';
import { text } from '../../../src/log/published/texts.ts';
import { isoTime } from '../../../src/model/clock.ts';
import { chainName, KIND, organisation, type SignedEvent } from '../../../src/model/event.ts';
import { REGULAR_KINDS } from '../../../src/model/kind-sets.ts';
import type { Roster } from '../../../src/model/roster.ts';
import { createOrganisation } from '../../../src/node/organisation/create.ts';
import { openKeyLog, openMember } from '../../../src/node/organisation/open.ts';
import { orWrongThing, WrongThing } from '../../../src/node/verify/wrong-thing.ts';
import { rememberedVerify } from '../../log/published/remembered.ts';
import { jsonOf, lifeboat, ONE_SENTENCE } from '../people/command-line.ts';

let folder = '';
let root = '';
let roster: Roster;
let exported = '';
let snapshot = '';
const path = (name: string) => join(folder, name);
const write = (name: string, data: string | Uint8Array) => {
  writeFileSync(path(name), data);
  return path(name);
};
const NOW = Date.now();
const verify = rememberedVerify();

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lifeboat-verify-'));
  const { organisation: made } = await createOrganisation(folder, 'Tidewater');
  root = made.root;
  const { log, rooms } = await openMember(folder, 'offline');
  await rooms.say(rooms.main('room')?.id ?? '', 'note', { text: 'A note.' });
  // Ids are by chance: it goes on until the two orders are not the same.
  do {
    await log.writePublic('incident.update', {
      incident: 'abc123abc123',
      name: 'Cards',
      status: 'investigating',
      impact: 'major',
      text: 'Looking.',
      lang: null,
      components: [],
    });
    exported = exportLines(log.events());
  } while (logLines(exported) === exported);
  roster = log.roster();
  await log.close();
  const publisher = await openKeyLog(folder, 'publisher', 'offline');
  const state = { groups: [], components: [], incidents: [], recent: [] };
  const page = { name: 'Tidewater', url: null, language: 'en', time_zone: 'Etc/UTC' };
  const content = {
    v: 1,
    seq: 7,
    page,
    generated_at: isoTime(NOW - 60_000),
    valid_until: isoTime(NOW + 60_000),
    state,
    parts: '0'.repeat(64),
  };
  snapshot = text(
    await publisher.log.announce({
      kind: KIND.snapshot,
      d: chainName.snapshot(organisation(root)),
      content: text(content),
    }),
  );
  await publisher.log.close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The same events in the order of a public log. */
function logLines(text: string): string {
  const place = ({ kind, created_at, id }: SignedEvent) => placeInLog({ kind, created_at }, id);
  const events = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as SignedEvent);
  const inLog = events.toSorted((a, b) => (place(a) < place(b) ? -1 : 1));
  return inLog.map((event) => exportLines([event])).join('');
}

const lineCount = () => exported.split('\n').length - 1;

/** The sentence about the first wrong thing, or undefined where all is right. */
async function wrongIn(checking: Promise<unknown>): Promise<WrongThing | undefined> {
  try {
    await orWrongThing(checking);
    return undefined;
  } catch (error) {
    if (error instanceof WrongThing) return error;
    throw error;
  }
}

function oneBitOff(whole: Buffer, at: number): Buffer {
  const changed = Buffer.from(whole);
  changed[at] = (changed[at] ?? 0) ^ 1;
  return changed;
}

describe('verify an export', () => {
  test('says whose it is, how much there is, and that all is right', async () => {
    const file = write('all.jsonl', exported);
    const verified = await lifeboat('verify', file, '--org', root, '--json');
    expect(verified).toMatchObject({ code: 0, stderr: '' });
    expect(jsonOf(verified)).toMatchObject({
      ok: true,
      root,
      notes: [],
      counts: { events: lineCount(), keys: 3, removed: 0 },
    });
    expect((await lifeboat('verify', file)).stdout).toContain('Checked against itself alone');
    expect(await lifeboat('verify', '--dir', folder, file)).toMatchObject({ code: 0 });
  });

  test('takes the public log of a site, which has an order of its own, for as right as an export', async () => {
    const lines = logLines(exported);
    const file = write('public.jsonl', lines);
    expect(await lifeboat('verify', file, '--org', root)).toMatchObject({ code: 0, stderr: '' });
    const at = lines.lastIndexOf('"sig":"') + 7;
    const wrong = write('wrong.jsonl', `${lines.slice(0, at)}${lines[at] === '0' ? 1 : 0}${lines.slice(at + 1)}`);
    expect((await lifeboat('verify', wrong, '--org', root)).stderr).toContain(`wrong.jsonl line ${lineCount()}: `);
  });

  async function wrongLines(bytes: Uint8Array): Promise<WrongThing | undefined> {
    const org = organisation(root);
    const expected = { org, kinds: REGULAR_KINDS, order: 'id', verify: await verify } as const;
    return wrongIn(checkEventLines('export', linesOf([bytes], MAX_LINE_BYTES), expected));
  }

  test('finds every change of one byte, at every offset, and names its line', async () => {
    const missed: string[] = [];
    const whole = Buffer.from(exported);
    expect(await wrongLines(whole)).toBeUndefined();
    for (let at = 0; at < whole.length; at++) {
      const line = whole.subarray(0, at).toString().split('\n').length;
      const wrong = await wrongLines(oneBitOff(whole, at));
      if (wrong?.line !== line && wrong?.line !== line + 1) missed.push(`${at}: ${wrong?.message}`);
    }
    expect(missed).toEqual([]);
  });

  test.each<[string, (lines: string[]) => string, RegExp]>([
    [
      'two lines that changed places',
      ([a, b, ...more]) => [b, a, ...more, ''].join('\n'),
      /line 2: it is not sorted by id/,
    ],
    ['a line twice', ([a, ...more]) => [a, a, ...more, ''].join('\n'), /line 2: it repeats the line before/],
    [
      'spaces',
      ([a = '', ...more]) => [a.replace('{', '{ '), ...more, ''].join('\n'),
      /line 1: it is not in canonical form/,
    ],
    ['an unended last line', (lines) => lines.join('\n'), /line \d+: it does not end, so the file was cut off/],
    ['half a line', (lines) => lines.join('\n').slice(0, -30), /line \d+: it is no JSON/],
    [
      'a purge that nobody asked for',
      (lines) => [...lines, `{"purged":"${'f'.repeat(64)}"}`, ''].join('\n'),
      /it says that an event was purged, which no roster here asks for/,
    ],
    [
      'Windows line ends',
      (lines) => lines.map((line) => `${line}\r\n`).join(''),
      /line 1: it is not in canonical form/,
    ],
    ['nothing', () => '', /: it is empty/],
    ['a page of HTML', () => '<!doctype html>\n', /line 1: it is no JSON/],
  ])('names %s', async (_, change, sentence) => {
    const file = write('changed.jsonl', change(exported.trimEnd().split('\n')));
    const { code, stderr, stdout } = await lifeboat('verify', file, '--org', root);
    expect([code, stdout, ONE_SENTENCE.test(stderr)]).toEqual([1, '', true]);
    expect(stderr).toMatch(sentence);
  });

  test('notes what a missing line leaves open, and does not call it wrong', async () => {
    const { log } = await openKeyLog(folder, 'device', 'offline');
    await log.writePublic('component.set', { component: 'x', status: 'operational' });
    const isFirst = ({ content, tags }: SignedEvent) =>
      content.includes('Looking.') && tags.some(([name, place]) => name === 's' && place === '1');
    const first = log.events().find(isFirst);
    const file = write('short.jsonl', exportLines(log.events().filter((event) => event !== first)));
    await log.close();
    expect(await lifeboat('verify', file, '--org', root)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('number 1 is missing'),
    });
  });

  test('refuses the export of another root, and what is no export at all', async () => {
    const file = write('all.jsonl', exported);
    const other = publicKeyOf(new Uint8Array(32).fill(3));
    expect(await lifeboat('verify', file, '--org', other)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('line 1: it belongs to another organisation'),
    });
    for (const args of [[path('no such file')], [tmpdir()], [], [file, '--org', 'abc'], [file, file]]) {
      expect(await lifeboat('verify', ...args)).toMatchObject({
        code: 2,
        stdout: '',
        stderr: expect.stringMatching(ONE_SENTENCE),
      });
    }
  });
});

describe('verify a snapshot', () => {
  const wrong = async (bytes: Uint8Array, now = NOW) => wrongIn(checkSnapshot(bytes, roster, await verify, now));

  test('finds every change of one byte, at every offset', async () => {
    const whole = Buffer.from(snapshot);
    expect(await wrong(whole)).toBeUndefined();
    const missed: number[] = [];
    for (let at = 0; at < whole.length; at++) {
      if ((await wrong(oneBitOff(whole, at))) === undefined) missed.push(at);
    }
    expect(missed).toEqual([]);
  });

  test('asks who published it and when', async () => {
    expect((await wrong(Buffer.from(snapshot), NOW - 600_000))?.message).toContain('ahead of this clock');
    const device = await openKeyLog(folder, 'device', 'offline');
    const forged = text(
      await device.log.announce({
        kind: KIND.snapshot,
        d: chainName.snapshot(organisation(root)),
        content: JSON.parse(snapshot).content,
      }),
    );
    await device.log.close();
    expect((await wrong(Buffer.from(forged)))?.message).toContain('is no publisher');
    const file = write('snapshot.json', snapshot);
    expect(await lifeboat('verify', file)).toMatchObject({ code: 2, stderr: expect.stringContaining('--dir') });
    expect(jsonOf(await lifeboat('verify', file, '--dir', folder, '--json'))).toMatchObject({
      ok: true,
      counts: { seq: 7 },
    });
    expect(jsonOf(await lifeboat('verify', write('broken.json', '{}'), '--dir', folder, '--json'))).toMatchObject({
      ok: false,
      wrong: { file: path('broken.json'), line: null },
    });
  });
});

describe('verify an organisation’s folder', () => {
  test('reads every copy down to the signatures, without changing a byte', async () => {
    const before = readFileSync(path('device.db'));
    expect(await lifeboat('verify', folder)).toMatchObject({ code: 0, stderr: '' });
    expect(readFileSync(path('device.db')).equals(before)).toBe(true);
  });

  test('names a row that rotted, a database that is none, and a damaged key', async () => {
    const { DatabaseSync } = await import('node:sqlite');
    const database = new DatabaseSync(path('device.db'));
    database.exec(`UPDATE events SET event = replace(event, 'Looking.', 'Fine now.')`);
    database.close();
    expect(await lifeboat('verify', folder)).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/device\.db: the event [0-9a-f]{64} does not have the content that its id names/),
    });
    writeFileSync(path('device.db'), 'no database at all, but a text that is long enough to be read as one page');
    expect(await lifeboat('verify', folder)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('device.db: it cannot be read'),
    });
    expect(readFileSync(path('device.db'), 'utf8')).toContain('no database at all');
    writeFileSync(path('device.key'), 'x');
    expect(await lifeboat('verify', folder)).toMatchObject({ code: 1, stderr: expect.stringContaining('device.key') });
    writeFileSync(path('organisation.json'), '{');
    expect(await lifeboat('verify', folder)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('organisation.json'),
    });
  });
});
