import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { publicKeyOf } from '../../../src/log/event.ts';
import { exportLines } from '../../../src/log/export.ts';
import { isoTime } from '../../../src/model/clock.ts';
import { chainName, KIND, organisation, REGULAR_KINDS } from '../../../src/model/event.ts';
import type { Roster } from '../../../src/model/roster.ts';
import { linesOf } from '../../../src/node/lines.ts';
import { createOrganisation } from '../../../src/node/organisation/create.ts';
import { openKeyLog, openMember } from '../../../src/node/organisation/open.ts';
import { text } from '../../../src/node/publish/parts.ts';
import { checkEventLines, MAX_LINE_BYTES } from '../../../src/node/verify/event-lines.ts';
import { checkSnapshot } from '../../../src/node/verify/snapshot.ts';
import { WrongThing } from '../../../src/node/verify/wrong-thing.ts';
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

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lifeboat-verify-'));
  const { organisation: made } = await createOrganisation(folder, 'Tidewater');
  root = made.root;
  const { log, rooms } = await openMember(folder, 'offline');
  await rooms.say(rooms.main('room')?.id ?? '', 'note', { text: 'A note.' });
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

async function* bytesOf(data: Uint8Array): AsyncGenerator<Uint8Array> {
  yield data;
}

const lineCount = () => exported.split('\n').length - 1;
const expected = () => ({ root, kinds: REGULAR_KINDS, sorted: true });

/** The sentence about the first wrong thing, or undefined where all is right. */
async function wrongIn(check: () => unknown): Promise<WrongThing | undefined> {
  try {
    await check();
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

  const wrongLines = (bytes: Uint8Array) =>
    wrongIn(() => checkEventLines('export', linesOf(bytesOf(bytes), MAX_LINE_BYTES), expected()));

  test('finds every change of one byte, at every offset, and names its line', async () => {
    const lines = exported.trimEnd().split('\n');
    const [shortest = ''] = lines.toSorted((a, b) => a.length - b.length);
    const missed: string[] = [];
    // One line at each offset; all of them at every 61st: before a change, every line is verified anew.
    for (const [text, step] of [
      [`${shortest}\n`, 1],
      [exported, 61],
    ] as const) {
      const whole = Buffer.from(text);
      expect(await wrongLines(whole)).toBeUndefined();
      for (let at = 0; at < whole.length; at += step) {
        const line = text.slice(0, at).split('\n').length;
        const wrong = await wrongLines(oneBitOff(whole, at));
        if (wrong?.line !== line && wrong?.line !== line + 1) missed.push(`${at}: ${wrong?.message}`);
      }
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
    const first = log.events().find(({ content }) => content.includes('Looking.'));
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
  const wrong = (bytes: Uint8Array, now = NOW) => wrongIn(() => checkSnapshot('snapshot.json', bytes, roster, now));

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
