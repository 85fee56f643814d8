import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { lifeboat, ONE_SENTENCE, startCommand } from '../people/command-line.ts';
import { type Harbour, openHarbour } from '../people/harbour.ts';

const SITE = 'name: Tidewater\nnotify: { webhooks: ["http://127.0.0.1:1/hook"] }\n';
const page = readFileSync(new URL('../../../docs/commands.md', import.meta.url), 'utf8');
/** What the documentation copies, from the administrator's folder to the notifier's. */
const copied = [...page.matchAll(/^ {4}cp ops\/(\S+) notifier\/(\S*)$/gm)].map(
  ([, from = '', to = '']) => [from, to] as const,
);

let harbour: Harbour;
beforeEach(async () => {
  harbour = await openHarbour();
  await harbour.start();
});
afterEach(() => harbour.close());

describe('lifeboat notify', () => {
  test('runs in the folder that the documentation makes', async () => {
    mkdirSync(join(harbour.dir, 'content'), { recursive: true });
    writeFileSync(join(harbour.dir, 'content', 'site.yaml'), SITE);
    await lifeboat('sync', '--dir', harbour.dir, '--relay', harbour.relay);
    expect(copied).toHaveLength(2);
    for (const [from, to] of copied) {
      const place = join(harbour.path('notifier'), to === '' ? from : join(to, basename(from)));
      mkdirSync(dirname(place), { recursive: true });
      cpSync(join(harbour.dir, from), place);
    }
    const { said } = startCommand(['notify', '--dir', harbour.path('notifier'), '--relay', harbour.relay]);
    await expect.poll(() => said.stderr, { timeout: 20_000 }).toBe('Telling 1 webhooks.\n');
  }, 30_000);

  test('says what a folder without organisation needs, and refuses what is no address of a relay', async () => {
    const empty = await lifeboat('notify', '--dir', harbour.path('empty'));
    expect([empty.code, empty.stderr]).toEqual([2, expect.stringMatching(ONE_SENTENCE)]);
    expect(empty.stderr).toMatch(/^lifeboat: There is no organisation in .*: copy organisation\.json there/);
    const wrong = await lifeboat('notify', '--dir', harbour.dir, '--relay', 'http://x');
    expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('"http://x" is no address of a relay')]);
  });
});
