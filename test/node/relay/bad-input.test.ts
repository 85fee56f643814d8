import { once } from 'node:events';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { fastVerify } from '../../../src/node/fast-verify.ts';
import { LIMITS } from '../../../src/node/relay/limits.ts';
import { MemoryShelf } from '../../../src/node/relay/memory-shelf.ts';
import { type RunningRelay, startRelay } from '../../../src/node/relay/server.ts';
import { createState, type Output } from '../../../src/node/relay/state.ts';
import { step } from '../../../src/node/relay/step.ts';
import { Client } from './client.ts';
import { firstRoster, responder, root, sealed, update } from './organisation.ts';
import { isThorough } from './relay-child.ts';
import { client, now, relay } from './running.ts';

const MEGABYTE = 1024 * 1024;
const MUTATIONS = isThorough ? 1_000_000 : 100_000;
const good = [update(responder, 'a good one'), sealed(responder)];

/** The relay's step with its verifier beside it, and no sockets: what one frame leads to. */
async function bareRelay() {
  const verify = await fastVerify();
  const shelf = new MemoryShelf();
  const limits = { ...LIMITS, unknownRate: 1e9, unknownBurst: 1e9 };
  const state = createState(root.pk, shelf, limits);
  const answers: string[] = [];
  const perform = (output: Output): void => {
    if (output.type === 'send') answers.push(output.text);
    else if (output.type === 'store')
      feed({
        type: 'stored',
        results: [{ event: output.event, outcome: shelf.put([output.event])[0] ?? 'duplicate' }],
      });
    else if (output.type === 'verify') {
      feed({ type: 'verified', ticket: output.ticket, verified: verify(output.event, output.org) });
    }
  };
  const feed = (input: Parameters<typeof step>[1]): void => {
    for (const output of step(state, input, now())) perform(output);
  };
  feed({ type: 'opened', connection: 1, address: 'here', challenge: 'x', hosts: [] });
  return {
    shelf,
    state,
    /** The last answer to one frame of text. */
    hear: (text: string) => {
      answers.length = 0;
      feed({ type: 'frame', connection: 1, text });
      return JSON.parse(answers.at(-1) ?? '[]') as readonly unknown[];
    },
  };
}

const texts = good.map((event) => JSON.stringify(event));

/** One of the good events with one bit turned; never the eighth of a byte, so that it stays ASCII. */
const mutations = fc.nat(texts.join('').length * 7 - 1).map((bit) => {
  const at = Math.floor(bit / 7);
  const [first = '', second = ''] = texts;
  const [text, place] = at < first.length ? [first, at] : [second, at - first.length];
  const bytes = Buffer.from(text);
  bytes[place] = (bytes[place] ?? 0) ^ (1 << (bit % 7));
  return bytes.toString('utf8');
});

describe('bad input', () => {
  test(`${MUTATIONS} events with one bit turned are refused, and nothing of them stays`, async () => {
    const { hear, shelf, state } = await bareRelay();
    expect(hear(`["EVENT",${JSON.stringify(firstRoster)}]`)[2]).toBe(true);
    let tried = 0;
    let before = 0;
    fc.assert(
      fc.property(mutations, (text) => {
        if (tried++ === 20_000) before = process.memoryUsage().rss;
        const [word, , accepted] = hear(`["EVENT",${text}]`);
        if (word !== 'NOTICE' && accepted !== false) throw new Error(`accepted: ${text}`);
      }),
      { numRuns: MUTATIONS },
    );
    const grown = (process.memoryUsage().rss - before) / MEGABYTE;
    console.log(`${tried} mutations refused; memory grew by ${grown.toFixed(1)} MiB after the first 20,000`);
    expect(tried).toBe(MUTATIONS);
    expect(shelf.size).toBe(1);
    expect([state.tickets.size, state.storing.size]).toEqual([0, 0]);
    expect(grown).toBeLessThan(200);
    for (const text of texts) expect(hear(`["EVENT",${text}]`)[2]).toBe(true);
  }, 300_000);

  test('a few thousand of them over a socket leave the relay as it was', async () => {
    const running = await relay({ now, limits: { unknownRate: 1e6, unknownBurst: 1e6 } });
    const one = await client(running.url);
    await one.publish(firstRoster);
    const turned = fc.sample(mutations, 4_000);
    const round = async (part: readonly string[]) => {
      for (const text of part) one.sayText(`["EVENT",${text}]`);
      await expect
        .poll(() => one.frames.filter(([word]) => word !== 'AUTH').length, { timeout: 30_000 })
        .toBe(part.length);
      const accepted = one.frames.splice(0).filter(([word, , isOk]) => word === 'OK' && isOk === true);
      expect(accepted).toEqual([]);
    };
    await round(turned.slice(0, 1_000));
    const before = process.memoryUsage().rss;
    await round(turned.slice(1_000));
    expect((process.memoryUsage().rss - before) / MEGABYTE).toBeLessThan(150);
    expect(await one.fetch({})).toEqual([firstRoster]);
    for (const event of good) expect(await one.publish(event)).toEqual([true, '']);
  }, 60_000);

  let standing: RunningRelay;
  beforeAll(async () => {
    standing = await startRelay({ port: 0, host: '127.0.0.1', db: ':memory:', root: root.pk, now });
    const one = await Client.open(standing.url);
    await one.publish(firstRoster);
    one.close();
    return standing.close;
  });

  const event = update(responder, 'x');
  const fields = JSON.stringify(event).slice(1, -1);
  test.each([
    ['a key twice: the last one counts, and it is not what was signed', `["EVENT",{${fields},"content":"{}"}]`],
    ['a number that is infinite', `["EVENT",{${fields.replace(/"created_at":\d+/, '"created_at":1e400')}}]`],
    ['a number with a fraction', `["EVENT",{${fields.replace(/"kind":\d+/, '"kind":3914.5')}}]`],
    ['a negative number', `["EVENT",{${fields.replace(/"created_at":\d+/, '"created_at":-1')}}]`],
    [
      'a number that no double holds',
      `["EVENT",{${fields.replace(/"created_at":\d+/, '"created_at":9007199254740993')}}]`,
    ],
    ['a lone surrogate', `["EVENT",{${fields.replace('"tags":[', '"tags":[["x","\\ud800"],')}}]`],
    ['__proto__ in the place of the fields', `["EVENT",{"__proto__":{${fields}}}]`],
    ['__proto__ as an id', `["EVENT",{${fields.replace(/"id":"[^"]*"/, '"id":"__proto__"')}}]`],
    ['an id that is a list', `["EVENT",{${fields.replace(/"id":("[^"]*")/, '"id":[$1]')}}]`],
    ['capital letters in the id', `["EVENT",{${fields.replace(event.id, event.id.toUpperCase())}}]`],
    ['nested without end', `["EVENT",${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}]`],
    ['tags without end', `["EVENT",{${fields.replace('"tags":[', `"tags":[${'["x"],'.repeat(2_001)}`)}}]`],
    ['a subscription named __proto__', '["REQ","__proto__",{"kinds":["x"]}]'],
    ['a filter with __proto__', '["REQ","x",{"__proto__":{"kinds":[1]},"#__proto__":[1]}]'],
    ['a filter of infinite numbers', '["REQ","x",{"kinds":[1e400]}]'],
    ['half a frame', '["EVENT",{"id":"'],
    ['a megabyte', `["EVENT",{"content":"${'x'.repeat(MEGABYTE - 100)}"}]`],
    ['a byte order mark', '\ufeff["REQ","x",{}]'],
  ])('%s is refused, and the line stays open', async (_name, frame) => {
    const one = await client(standing.url);
    await one.next('AUTH');
    one.sayText(frame);
    await expect.poll(() => one.frames.length).toBe(1);
    const [word, , third] = one.frames.splice(0)[0] ?? [];
    expect([word, third]).not.toEqual(['OK', true]);
    expect(['OK', 'NOTICE', 'CLOSED']).toContain(word);
    expect(await one.fetch({})).toEqual([firstRoster]);
    expect((await one.publish(firstRoster))[0]).toBe(true);
    one.close();
  });

  test('a lone surrogate that is not escaped, and other bytes that are no UTF-8, end that line alone', async () => {
    const { url } = await relay({ now });
    const one = await client(url);
    for (const bytes of [
      [0xed, 0xa0, 0x80],
      [0xff, 0xfe],
      [0xc0, 0x80],
      [0xf4, 0x90, 0x80, 0x80],
    ]) {
      const bad = new WebSocket(url);
      await once(bad, 'open');
      bad.on('error', () => undefined);
      const frame = Buffer.concat([Buffer.from('["REQ","'), Buffer.from(bytes), Buffer.from('",{}]')]);
      bad.send(frame, { binary: false });
      const [code] = (await once(bad, 'close')) as [number];
      expect(code).toBe(1007);
    }
    expect(await one.publish(firstRoster)).toEqual([true, '']);
  });

  test('binary frames are answered, not obeyed', async () => {
    const { url } = await relay({ now });
    const socket = new WebSocket(url);
    await once(socket, 'open');
    const heard: string[] = [];
    socket.on('message', (data) => heard.push(data.toString()));
    socket.send(Buffer.from(`["EVENT",${JSON.stringify(firstRoster)}]`));
    await expect.poll(() => heard.some((text) => text.includes('frames are text'))).toBe(true);
    socket.terminate();
    expect(await (await client(url)).fetch({})).toEqual([]);
  });
});
