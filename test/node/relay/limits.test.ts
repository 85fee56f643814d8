import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import { MAX_EVENT_BYTES, signEvent } from '../../../src/log/event.ts';
import { canonical } from '../../../src/model/canonical.ts';
import { LIMITS } from '../../../src/node/relay/limits.ts';
import type { Client } from './client.ts';
import { firstRoster, responder, TIME, update } from './organisation.ts';
import { client, now, relay } from './running.ts';

/** An update whose event is exactly so many bytes long. */
function updateOf(bytes: number) {
  const length = (text: string) => Buffer.byteLength(JSON.stringify(update(responder, text)));
  return update(responder, 'x'.repeat(bytes - length('')));
}

async function started(options = {}) {
  const running = await relay({ now, ...options });
  const one = await client(running.url);
  await one.publish(firstRoster);
  return { ...running, one };
}

describe('the limits as they are', () => {
  test('an event of 64 KiB, in bytes and not in characters, and not one more', async () => {
    const { one } = await started();
    const largest = updateOf(MAX_EVENT_BYTES);
    expect(Buffer.byteLength(JSON.stringify(largest))).toBe(65_536);
    expect(await one.publish(largest)).toEqual([true, '']);
    expect(await one.publish(updateOf(MAX_EVENT_BYTES + 1))).toEqual([false, 'invalid: it is larger than 64 KiB']);
    const content = canonical({ v: 1, type: 'incident.update', body: { text: 'é'.repeat(33_000) } });
    const short = { kind: 3914, content, tags: largest.tags, created_at: TIME };
    expect((await one.publish(signEvent(short, responder.secret)))[0]).toBe(false);
  });

  test('a frame of 128 KiB, and one of up to 1 MiB is refused by name; beyond that the line is cut', async () => {
    const { one, url } = await started();
    const frame = (length: number) => `["REQ","${'a'.repeat(5)}",{"#x":["${'x'.repeat(length - 27)}"]}]`;
    expect(frame(100)).toHaveLength(100);
    one.sayText(frame(LIMITS.frame));
    await one.next('EOSE');
    one.sayText(frame(LIMITS.frame + 1));
    expect((await one.next('NOTICE'))[1]).toMatch(/^invalid: the frame has 131073 characters/);
    one.sayText(`["EVENT",{"id":"${'a'.repeat(64)}","content":"${'x'.repeat(1_000_000)}"}]`);
    await one.next('OK', 'a'.repeat(64), false);
    one.sayText('x'.repeat(LIMITS.hardFrame + 1));
    await expect.poll(() => one.isOpen).toBe(false);
    expect(await (await client(url)).publish(firstRoster)).toEqual([true, expect.stringContaining('duplicate')]);
  });

  test('20 filters, 50 subscriptions, 20 connections of one address', async () => {
    const { one, url } = await started();
    const filters = (count: number) => Array.from({ length: count }, () => ({ limit: 0 }));
    expect(await one.fetch(...filters(20))).toEqual([]);
    expect(await one.fetch(...filters(21))).toMatch(/^invalid: a REQ has at most 20 filters/);
    for (let n = 0; n < 51; n++) one.say('REQ', `sub ${n}`, { limit: 0 });
    expect((await one.next('CLOSED', 'sub 50'))[2]).toMatch(/^rate-limited:/);
    for (let n = 0; n < 51; n++) one.say('NEG-OPEN', `neg ${n}`, { kinds: [3914] }, '61');
    expect((await one.next('NEG-ERR', 'neg 50'))[2]).toMatch(/^blocked:/);
    expect(one.frames.filter(([word]) => word === 'CLOSED' || word === 'NEG-ERR')).toHaveLength(1);
    const others = await Promise.all(Array.from({ length: 19 }, () => client(url)));
    await expect(client(url)).rejects.toThrow('429');
    others[0]?.close();
    await expect
      .poll(() =>
        client(url).then(
          () => true,
          () => false,
        ),
      )
      .toBe(true);
  });

  test('2,000 events at once of an unknown writer and 100 a second then; 5,000 of a live device', async () => {
    let time = TIME * 1000;
    const { one, url } = await started({ now: () => time });
    const device = await client(url);
    // Refused before any signature is checked, so they cost nothing.
    const flood = async (from: Client, count: number) => {
      for (let n = 0; n < count; n++) from.say('EVENT', { id: `${n}` });
      from.say('REQ', 'end', { limit: 0 });
      await from.next('EOSE', 'end');
      const verdicts = from.frames.splice(0).filter(([word]) => word === 'OK');
      return verdicts.filter(([, , , why]) => String(why).startsWith('rate-limited:')).length;
    };
    expect(await flood(one, 2_100)).toBe(101);
    time += 1_000;
    expect(await flood(one, 200)).toBe(100);
    time += 1_000;
    expect(await device.authenticate(responder, undefined, Math.trunc(time / 1000))).toEqual([true, '']);
    expect(await flood(device, 5_200)).toBe(200);
    time += 1_000;
    expect(await flood(device, 1_300)).toBe(300);
  });

  test('regular events dated 2020 to 2100, by the second', async () => {
    const { one } = await started();
    const dated = (iso: string) => one.publish(update(responder, iso, { created_at: Date.parse(iso) / 1000 }));
    expect((await dated('2019-12-31T23:59:59Z'))[1]).toMatch(/^invalid: .*2020 to 2100/);
    expect(await dated('2020-01-01T00:00:00Z')).toEqual([true, '']);
    expect(await dated('2099-12-31T23:59:59Z')).toEqual([true, '']);
    expect((await dated('2100-01-01T00:00:00Z'))[1]).toMatch(/^invalid: .*2020 to 2100/);
  });
});

describe('a client that wastes time', () => {
  const limits = { handshakeMs: 200, pingAfterMs: 100, deadAfterMs: 100 };

  test.each(['', 'GET / HTTP/1.1\r\nUpgrade: websocket\r\n', 'POST /ids HTTP/1.1\r\nHost: x\r\nX-Slow: '])(
    'is let go when its first words do not end: %j',
    async (words) => {
      const { port, one } = await started({ limits });
      const socket = connect(port, '127.0.0.1');
      socket.on('error', () => undefined);
      if (words !== '') socket.write(words);
      socket.resume();
      await once(socket, 'close');
      expect(await one.publish(update(responder, 'others go on'))).toEqual([true, '']);
    },
    10_000,
  );

  test('is let go when it answers no ping, and kept as long as it does', async () => {
    const { url, one } = await started({ limits });
    const quiet = await client(url);
    const frozen = await client(url);
    frozen.freeze();
    await expect
      .poll(
        async () =>
          ((await (await fetch(`${url.replace('ws', 'http')}/healthz`)).json()) as { connections: number }).connections,
      )
      .toBe(2);
    expect([quiet.isOpen, one.isOpen]).toEqual([true, true]);
  });
});
