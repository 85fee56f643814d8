import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { jsonOf, lifeboat, ONE_SENTENCE, runCommand, startCommand } from './command-line.ts';
import { type Harbour, openHarbour } from './harbour.ts';

let harbour: Harbour;
const cli = (word: string, ...args: readonly string[]) => lifeboat(word, '--dir', harbour.dir, ...args);

beforeAll(async () => {
  harbour = await openHarbour();
  await cli('roster', 'set', 'relays', harbour.relay);
});
afterAll(() => harbour.close());

interface SyncReport {
  readonly events: number;
  readonly relays: readonly {
    readonly reached: boolean;
    readonly synced: boolean;
    readonly sent: number;
    readonly fetched: number;
    readonly held: number;
    readonly reason: string | null;
  }[];
  readonly own_without_receipt: readonly string[];
}

describe('lifeboat sync', () => {
  test('says at once that no relay was reached, and why, and what is on none', async () => {
    const begun = performance.now();
    const { code, stdout } = await cli('sync');
    expect(code).toBe(1);
    expect(stdout).toContain(`${harbour.relay}  not reached (`);
    expect(stdout).toMatch(/\d+ events of this device on no relay yet/);
    expect(performance.now() - begun).toBeLessThan(5_000);
  });

  test('brings everything to a relay that returns, and says so with receipts', async () => {
    await cli('say', 'Written offline.', '--wait', '0');
    await harbour.start();
    const first = await cli('sync', '--json');
    const report = jsonOf<SyncReport>(first);
    expect(report).toMatchObject({
      own_without_receipt: [],
      relays: [{ reached: true, synced: true, sent: report.events, fetched: 0, held: report.events }],
    });
    expect(first.code).toBe(0);
    const again = jsonOf<SyncReport>(await cli('sync', '--json'));
    expect(again.relays[0]).toMatchObject({ sent: 0, fetched: 0, held: report.events });
  });

  test('refills a relay that lost its disk', async () => {
    await harbour.stop(true);
    await harbour.start();
    const report = jsonOf<SyncReport>(await cli('sync', '--json'));
    expect(report.relays[0]).toMatchObject({ sent: report.events, held: report.events });
  });
});

describe('lifeboat export and import', () => {
  test('export the same bytes from every copy, and take in what another lacks', async () => {
    const file = harbour.path('all.jsonl');
    expect(jsonOf(await cli('export', '--out', file, '--json'))).toMatchObject({
      out: file,
      digest: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    const other = await otherWatcher('north');
    const imported = jsonOf(await lifeboat('import', '--dir', other, file, '--json'));
    expect(imported).toMatchObject({ refused: 0, reasons: [] });
    expect(Number(imported['added'])).toBeGreaterThan(0);
    // The watcher's own grant came after the export, and lies in its folder.
    const [own, theirs] = [await cli('export'), await lifeboat('export', '--dir', other)];
    expect(theirs.stdout).toBe(own.stdout);
    expect(jsonOf(await lifeboat('import', '--dir', other, file, '--json'))).toMatchObject({ added: 0, refused: 0 });
  });

  test('refuses to overwrite without --force', async () => {
    const file = harbour.path('kept.jsonl');
    writeFileSync(file, 'kept');
    const refused = await cli('export', '--out', file);
    expect(refused).toMatchObject({ code: 2, stdout: '', stderr: expect.stringMatching(ONE_SENTENCE) });
    expect(readFileSync(file, 'utf8')).toBe('kept');
    expect((await cli('export', '--out', file, '--force')).code).toBe(0);
    expect(readFileSync(file, 'utf8')).toBe((await cli('export')).stdout);
  });

  test('takes in the good lines of a hostile file and names the others by their number', async () => {
    const lines = (await cli('export')).stdout.trimEnd().split('\n');
    const good = JSON.parse(lines[0] ?? '') as Record<string, unknown>;
    const hostile = [
      lines[0],
      JSON.stringify({ ...good, content: `${String(good['content'])} ` }),
      '{"id":',
      'x'.repeat(200_000),
      JSON.stringify({ ...good, sig: '0'.repeat(128) }),
      '',
      '[1,2,3]',
      JSON.stringify({ ...good, id: '__proto__' }),
      lines[1],
      JSON.stringify({ ...good, kind: 1 }),
    ];
    const file = harbour.path('hostile.jsonl');
    writeFileSync(file, Buffer.concat([Buffer.from(hostile.join('\n')), Buffer.from([0x0a, 0xff, 0xfe])]));
    const taken = await cli('import', file, '--json');
    expect(taken.code).toBe(1);
    const { reasons, ...counts } = jsonOf<{ reasons: { line: number; reason: string }[] }>(taken);
    expect(counts).toMatchObject({ added: 0, held: 2, refused: 8 });
    expect(reasons.map(({ line }) => line)).toEqual([2, 3, 4, 5, 7, 8, 10, 11]);
    expect(reasons.map(({ reason }) => reason)).toEqual([
      'its id does not fit its content',
      'it is no JSON',
      'it is longer than 131072 bytes',
      'its signature does not verify',
      'its id is not 64 lower-case hex digits',
      'its id is not 64 lower-case hex digits',
      'its kind 1 is no part of the log',
      'it is no UTF-8 text',
    ]);
  });

  test.each([
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0a, 0x1a, 0x0a, 0, 0])],
    ['an empty file', Buffer.from('')],
    ['HTML', Buffer.from('<!doctype html>\n<title>Log in</title>\n')],
  ])('says that %s is no export', async (_, bytes) => {
    const file = harbour.path('wrong.bin');
    writeFileSync(file, bytes);
    expect(await cli('import', file)).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(ONE_SENTENCE),
    });
  });

  test('refuses the log of another organisation', async () => {
    const other = await openHarbour();
    const file = harbour.path('foreign.jsonl');
    await lifeboat('export', '--dir', other.dir, '--out', file);
    await other.close();
    expect(await cli('import', file)).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('it belongs to another organisation'),
    });
  });

  test('reads the standard input, and hands what is new to the relays if asked to', async () => {
    const file = harbour.path('piped.jsonl');
    await cli('say', 'Carried by hand.', '--wait', '0', '--relay', 'ws://127.0.0.1:9');
    await cli('export', '--out', file);
    await harbour.stop(true);
    await harbour.start();
    const { child, ended } = startCommand(['import', '--dir', harbour.dir, '--wait', '5', '-']);
    child.stdin.end(readFileSync(file));
    expect(await ended).toMatchObject({ code: 0, stdout: expect.stringContaining('0 refused') });
    const report = jsonOf<SyncReport>(await cli('sync', '--json'));
    expect(report.relays[0]).toMatchObject({ sent: 0, held: report.events });
  });

  test('writes a whole file or none when it is interrupted, and ends quietly when its reader leaves', async () => {
    const file = harbour.path('cut.jsonl');
    const cut = startCommand(['export', '--dir', harbour.dir, '--out', file]);
    setTimeout(() => cut.child.kill('SIGINT'), 250);
    await cut.ended;
    const whole = (await cli('export')).stdout;
    expect([undefined, whole]).toContain(
      await import('node:fs').then((fs) => (fs.existsSync(file) ? readFileSync(file, 'utf8') : undefined)),
    );
    const closed = startCommand(['export', '--dir', harbour.dir]);
    closed.child.stdout.destroy();
    const [code] = (await once(closed.child, 'exit')) as [number];
    expect([code, closed.said.stderr]).toEqual([0, '']);
  });

  test('two commands at once on one folder both write, each in its own place', async () => {
    const both = await Promise.all(
      ['one', 'two'].map((text) => runCommand('say', '--dir', harbour.dir, '--json', text)),
    );
    expect(both.map(({ code }) => code)).toEqual([0, 0]);
    const { stdout } = await cli('tail', '--once');
    expect(stdout).toContain('one');
    expect(stdout).toContain('two');
    expect((await lifeboat('verify', harbour.dir)).stdout).not.toContain('twice');
  });
});

async function otherWatcher(vantage: string): Promise<string> {
  const out = harbour.path(`watcher-${vantage}`);
  const made = await cli('enrol', '--new', 'watcher', '--vantage', vantage, '--out', out);
  expect(made.code).toBe(0);
  return out;
}
