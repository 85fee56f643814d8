import { once } from 'node:events';
import { describe, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { signEvent } from '../../src/log/event.ts';
import { KIND, type SignedEvent } from '../../src/model/event.ts';
import { DEVICE, openDevice, ROOM, ROSTER } from '../log/log-devices.ts';
import { event, ROOT, START } from '../log/signing.ts';
import { relay as ourRelay } from '../node/relay/running.ts';
import { HONEST, otherRelay } from './other-relay.ts';

const PATIENCE = { timeout: 20_000, interval: 20 };

/** `count` public updates, one a second; `at` puts all into one second. */
function updates(count: number, at?: number): readonly SignedEvent[] {
  return Array.from({ length: count }, (_, n) =>
    event({ content: `{"n":${n},"type":"incident.update"}`, created_at: at ?? START + n }, DEVICE),
  );
}

const mutable = (one: SignedEvent) => ({ ...one, tags: one.tags.map((tag) => [...tag]) as [string, ...string[]][] });

describe('our channel against @nostr-relay/core', () => {
  test('publishes to it, and hears from it what others publish while it listens', async () => {
    const { url, events } = await otherRelay(HONEST);
    const [writer, reader] = [await openDevice([url]), await openDevice([url])];
    await writer.add([ROSTER]);
    await vi.waitFor(() => expect(writer.links()[0]?.synced).toBe(true), PATIENCE);
    await vi.waitFor(() => expect(reader.links()[0]?.synced).toBe(true), PATIENCE);
    const said = await writer.writePublic('incident.update', { text: 'from the writer' });
    await vi.waitFor(() => expect(reader.events()).toContainEqual(said), { timeout: 2_000, interval: 5 });
    expect(writer.receipts(said.id)).toEqual([url]);
    expect([...events.keys()].sort()).toEqual([ROSTER.id, said.id].sort());
  });

  test('reads everything from it in pages, and sends what it lacks', async () => {
    const { url, events } = await otherRelay(HONEST);
    const chain = updates(220);
    for (const one of [ROSTER, ...chain]) events.set(one.id, mutable(one));
    const log = await openDevice([url]);
    const own = event({ content: '{"own":1}', created_at: START - 1 }, DEVICE);
    await log.add([own]);
    await vi.waitFor(() => expect(log.events()).toHaveLength(222), PATIENCE);
    await vi.waitFor(() => expect(events.has(own.id)).toBe(true), PATIENCE);
    await vi.waitFor(() => expect(log.links()[0]?.synced).toBe(true), PATIENCE);
    expect(log.events().every(({ id }) => log.receipts(id).includes(url))).toBe(true);
  });

  test('carries sealed events over it too, though it guards them from nobody', async () => {
    const { url } = await otherRelay(HONEST);
    const [writer, reader] = [await openDevice([url]), await openDevice([url])];
    const sealed = event({ kind: KIND.sealed, d: ROOM, content: 'AnEncryptedThing' }, DEVICE);
    await writer.add([ROSTER, sealed]);
    await vi.waitFor(() => expect(reader.events()).toContainEqual(sealed), PATIENCE);
  });

  test('fills it again after its memory was wiped', async () => {
    const { url, events, wipe, cut } = await otherRelay(HONEST);
    const log = await openDevice([url]);
    await log.add([ROSTER, ...updates(150)]);
    await vi.waitFor(() => expect(events.size).toBe(151), PATIENCE);
    wipe();
    cut();
    await vi.waitFor(() => expect(events.size).toBe(151), PATIENCE);
  });
});

describe('the known faults of @nostr-relay/core', () => {
  test('it sends live events of other organisations: they are not taken in', async () => {
    const { url } = await otherRelay(HONEST);
    const log = await openDevice([url]);
    await log.add([ROSTER]);
    await vi.waitFor(() => expect(log.links()[0]?.synced).toBe(true), PATIENCE);
    const elsewhere = signEvent(
      { kind: KIND.public, content: '{}', created_at: START, tags: [['o', 'f'.repeat(32)]] },
      DEVICE,
    );
    await publish(url, elsewhere);
    await vi.waitFor(() => expect(log.links()[0]?.rejected).toBe(1), PATIENCE);
    expect(log.events()).toEqual([ROSTER]);
  });

  test('a forged copy poisons an id there: the honest event is kept here, reaches the other relay, and the refusal is shown', async () => {
    const [poisoned, sound] = [await otherRelay(), await ourRelay({ root: ROOT })];
    const [honest] = updates(1);
    if (honest === undefined) throw new Error('There is no event.');
    await publish(poisoned.url, { ...honest, sig: '0'.repeat(128) });
    const log = await openDevice([poisoned.url, sound.url]);
    await log.add([ROSTER, honest]);
    await vi.waitFor(() => expect(log.receipts(honest.id)).toEqual([sound.url]), PATIENCE);
    const refusals = () => log.links().find(({ relay }) => relay === poisoned.url)?.refused;
    await vi.waitFor(() => expect(refusals()?.get(honest.id)).toContain('signature'), PATIENCE);
    expect(log.events()).toContainEqual(honest);
  });

  test('its remembered answers hide an event from who has just come: the next comparison brings it', async () => {
    const { url } = await otherRelay();
    const early = await openDevice([url]);
    await early.add([ROSTER]);
    // An answer from before may hide what it has just acknowledged, which is then doubted until a comparison shows it.
    const look = () => {
      early.wake();
      return early.links()[0]?.synced;
    };
    await expect.poll(look, { timeout: 20_000, interval: 500 }).toBe(true);
    const log = await openDevice([url]);
    const said = await early.writePublic('incident.update', { text: 'within the second' });
    await vi.waitFor(() => expect(log.links()[0]?.state).toBe('open'), PATIENCE);
    await expect
      .poll(
        () => {
          log.wake();
          return log.events();
        },
        { timeout: 20_000, interval: 500 },
      )
      .toContainEqual(said);
  });
});

/** Any client's EVENT, without ours in between. */
async function publish(url: string, one: SignedEvent): Promise<void> {
  const socket = new WebSocket(url);
  await once(socket, 'open');
  socket.send(JSON.stringify(['EVENT', one]));
  await once(socket, 'message');
  socket.close();
}
