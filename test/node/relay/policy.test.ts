import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { SignedEvent } from '../../../src/model/event.ts';
import {
  admin,
  firstRoster,
  org,
  ROOM,
  responder,
  root,
  roster,
  STATUS,
  sealed,
  sign,
  stranger,
  TIME,
  update,
} from './organisation.ts';

const CLI = new URL('../../../src/node/cli.ts', import.meta.url).pathname;
const stateFile = () => join(mkdtempSync(join(tmpdir(), 'lifeboat-policy-')), 'policy.jsonl');

/** strfry, as its docs/plugins.md describes it: one line, then it waits for the answer. */
function startPlugin(state: string) {
  const child = spawn(process.execPath, [CLI, 'policy', '--org', root.pk, '--state', state]);
  onTestFinished(() => void child.kill('SIGKILL'));
  let stderr = '';
  child.stderr.on('data', (data: Buffer) => {
    stderr += data.toString();
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const say = (text: string) => child.stdin.write(`${text}\n`);
  const ask = async (event: unknown, more: object = {}) => {
    const source = { sourceType: 'IP4', sourceInfo: '203.0.113.7', receivedAt: TIME };
    say(JSON.stringify({ type: 'new', event, ...source, ...more }));
    const { value } = (await lines.next()) as { value: string };
    return JSON.parse(value) as { id: string; action: string; msg?: string };
  };
  const stop = async () => {
    child.stdin.end();
    const [code] = (await once(child, 'close')) as [number];
    return { code, stderr };
  };
  return { ask, say, stop };
}

const accepted = ({ id }: SignedEvent) => ({ id, action: 'accept' });
const rejected = ({ id }: SignedEvent, prefix: string) => ({
  id,
  action: 'reject',
  msg: expect.stringMatching(new RegExp(`^${prefix}: `)),
});

describe('the write policy of a strfry relay', () => {
  test('judges as our relay does, whoever brings the event, and remembers the roster over a restart', async () => {
    const state = stateFile();
    const first = startPlugin(state);
    const event = update(responder, 'one');
    expect(await first.ask(event)).toEqual(rejected(event, 'restricted'));
    expect(await first.ask(firstRoster, { sourceType: 'Import', sourceInfo: '' })).toEqual(accepted(firstRoster));
    for (const sourceType of ['IP4', 'IP6', 'Import', 'Stream', 'Sync', 'Stored', 'Future']) {
      expect(await first.ask(event, { sourceType, authed: stranger.pk })).toEqual(accepted(event));
    }
    for (const [bad, prefix] of [
      [update(stranger, 'x'), 'restricted'],
      [sign(responder, { kind: 5, content: '' }), 'blocked'],
      [sign(responder, { kind: 62, content: '' }), 'blocked'],
      [sign(responder, { kind: 1, content: '' }), 'blocked'],
      [update(responder, 'x', { created_at: 1_500_000_000 }), 'invalid'],
      [update(responder, 'x', { tags: [['expiration', '1']] }), 'invalid'],
      [{ ...event, content: '{}' }, 'invalid'],
    ] as const) {
      expect(await first.ask(bad)).toEqual(rejected(bad, prefix));
    }
    expect(await first.stop()).toEqual({ code: 0, stderr: '' });
    const second = startPlugin(state);
    expect(await second.ask(sealed(responder))).toEqual(accepted(sealed(responder)));
    expect(readFileSync(state, 'utf8').trim()).toBe(JSON.stringify(firstRoster));
  }, 30_000);

  test('goes on after a bad line, says so on stderr, and answers nothing that was not asked', async () => {
    const plugin = startPlugin(stateFile());
    for (const line of ['', 'no json', '{}', '[]', 'null', '{"type":"new"}', '\u0000', '['.repeat(50_000)])
      plugin.say(line);
    plugin.say(JSON.stringify({ type: 'lookback', event: firstRoster }));
    const strange = { id: 'f'.repeat(64), content: 7 };
    expect(await plugin.ask(strange)).toMatchObject({
      id: strange.id,
      action: 'reject',
      msg: expect.stringMatching(/^invalid: /),
    });
    expect(await plugin.ask(firstRoster)).toEqual(accepted(firstRoster));
    const { code, stderr } = await plugin.stop();
    expect(code).toBe(0);
    expect(stderr.trim().split('\n')).toHaveLength(8);
  }, 30_000);

  test('believes no roster whose signature does not verify, and no damaged line of its own file', async () => {
    const state = stateFile();
    const forged = { ...firstRoster, sig: update(responder, 'x').sig };
    writeFileSync(state, `${JSON.stringify(forged)}\n{"half`);
    const plugin = startPlugin(state);
    expect(await plugin.ask(forged)).toEqual(rejected(forged, 'invalid'));
    expect(await plugin.ask(update(responder, 'x'))).toEqual(rejected(update(responder, 'x'), 'restricted'));
    // What another process learns counts here at once, and the line that was cut off stays apart from it.
    appendFileSync(state, `\n${JSON.stringify(firstRoster)}\n`);
    expect(await plugin.ask(update(responder, 'x'))).toEqual(accepted(update(responder, 'x')));
    expect((await plugin.stop()).stderr).toContain('its signature does not verify');
  }, 30_000);

  test('takes a removed device’s chain back from its cut, and nothing new', async () => {
    const plugin = startPlugin(stateFile());
    const chain = [update(responder, 'one')];
    for (let n = 1; n < 6; n++) {
      const previous = chain.at(-1);
      chain.push(update(responder, `${n}`, previous === undefined ? {} : { previous }));
    }
    const [last, thief] = [chain[4], chain[5]];
    if (last === undefined || thief === undefined) throw new Error('the chain is too short');
    await plugin.ask(firstRoster);
    const removal = roster(admin, { removes: [{ pk: responder.pk, cut: { [STATUS]: [last.id] } }] });
    expect(await plugin.ask(removal)).toEqual(accepted(removal));
    // A device sends the oldest first; what is refused in the first round comes again in the second.
    const round = async () => {
      const refused = [];
      for (const event of chain) if ((await plugin.ask(event)).action !== 'accept') refused.push(event.id);
      return refused;
    };
    expect(await round()).toEqual([...chain.slice(0, 4), thief].map(({ id }) => id));
    expect(await round()).toEqual([thief.id]);
    expect(await plugin.ask(sealed(responder, { d: ROOM }))).toEqual(
      rejected(sealed(responder, { d: ROOM }), 'restricted'),
    );
  }, 30_000);

  test('learns from what a relay that is already filled exports', async () => {
    const state = stateFile();
    const exported = [update(responder, 'one'), firstRoster, sealed(admin)]
      .map((event) => JSON.stringify(event))
      .join('\n');
    const args = [CLI, 'policy', '--org', root.pk, '--state', state, '--learn'];
    const learn = () => spawnSync(process.execPath, args, { input: exported, encoding: 'utf8' });
    expect(learn()).toMatchObject({ status: 0, stderr: '', stdout: expect.stringMatching(/^Learned 1 events/) });
    expect(learn().stdout).toMatch(/^Learned 0 events/);
    const plugin = startPlugin(state);
    expect(await plugin.ask(update(responder, 'two'))).toEqual(accepted(update(responder, 'two')));
  }, 30_000);

  test('says what is wrong with its options', () => {
    const { status, stderr } = spawnSync(process.execPath, [CLI, 'policy', '--org', org], {
      input: '',
      encoding: 'utf8',
    });
    expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringContaining('is not a root public key') });
  });
});
