import { once } from 'node:events';
import { cpSync } from 'node:fs';
import { createServer } from 'node:http';
import { connect, createServer as createTcpServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { WebSocketServer } from 'ws';
import { type RunningRelay, startRelay } from '../../../src/node/relay/server.ts';
import { jsonOf, lifeboat } from './command-line.ts';
import { type Harbour, openHarbour } from './harbour.ts';

interface Report {
  readonly events: number;
  readonly relays: readonly { readonly relay: string; readonly held: number; readonly lacking: number }[];
  readonly own_without_receipt: readonly string[];
}

let harbour: Harbour;
let other: RunningRelay;
const cli = (word: string, ...args: readonly string[]) => lifeboat(word, '--dir', harbour.dir, ...args);

beforeAll(async () => {
  harbour = await openHarbour();
  await harbour.start();
  other = await startRelay({ port: 0, host: '127.0.0.1', db: harbour.path('other.db'), root: harbour.root });
});
afterAll(async () => {
  await other.close();
  await harbour.close();
});

describe('lifeboat sync with two relays', () => {
  test('brings to the one what only the other had, in the same run', async () => {
    const relays = ['--relay', harbour.relay, '--relay', other.url];
    expect((await cli('sync', ...relays)).code).toBe(0);
    const behind = harbour.path('behind');
    cpSync(harbour.dir, behind, { recursive: true });
    for (const text of ['1', '2', '3', '4', '5', '6', '7']) await cli('say', text, '--relay', other.url);
    const ended = await lifeboat(
      'sync',
      '--dir',
      behind,
      '--json',
      '--relay',
      harbour.relay,
      '--relay',
      await slowly(),
    );
    const report = jsonOf<Report>(ended);
    expect(report.relays.map(({ held }) => held)).toEqual([report.events, report.events]);
    expect(report.relays.map(({ lacking }) => lacking)).toEqual([0, 0]);
    expect(ended).toMatchObject({ code: 0, stderr: '' });
  });

  test('says in a sentence, and by its exit code, that the time did not suffice', async () => {
    await cli('say', 'Only here yet.', '--relay', 'ws://127.0.0.1:9');
    const frozen = createServer();
    onTestFinished(() => void frozen.close());
    const wss = new WebSocketServer({ server: frozen });
    onTestFinished(() => wss.close());
    frozen.listen(0, '127.0.0.1');
    await once(frozen, 'listening');
    const address = frozen.address();
    const port = typeof address === 'object' ? address?.port : 0;
    const ended = await cli('sync', '--wait', '1', '--relay', `ws://127.0.0.1:${port}`);
    expect(ended.code).toBe(1);
    expect(ended.stderr).toMatch(/^ws:\/\/\S+ could not be brought in step within 1 s: .*--wait\.\n$/);
  });

  test('with only a dead relay named, counts what others are known to hold', async () => {
    expect((await cli('sync', '--relay', harbour.relay)).code).toBe(0);
    const report = jsonOf<Report>(await cli('sync', '--json', '--relay', 'ws://127.0.0.1:9'));
    expect(report.own_without_receipt).toEqual([]);
    await cli('roster', 'set', 'relays', harbour.relay, '--relay', harbour.relay);
    const named = await cli('sync', '--json', '--relay', 'ws://127.0.0.1:9');
    expect(jsonOf<Report>(named).own_without_receipt).toEqual([]);
    expect(named.code).toBe(1);
  });
});

/** The other relay, which answers only after the first one has long been compared. */
async function slowly(): Promise<string> {
  const server = createTcpServer((client) => {
    setTimeout(() => {
      const through = connect(Number(new URL(other.url).port), '127.0.0.1');
      client.pipe(through).pipe(client);
      for (const end of [client, through]) end.on('error', () => {});
    }, 1_500);
  }).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const address = server.address();
  return `ws://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
}
