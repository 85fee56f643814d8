import { finalizeEvent } from 'nostr-tools/pure';
import { Relay } from 'nostr-tools/relay';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { verifyEvent } from '../../src/log/event.ts';
import { createIndex, respond } from '../../src/log/negentropy/negentropy.ts';
import type { SignedEvent } from '../../src/model/event.ts';
import { OPEN_KINDS } from '../../src/model/kind-sets.ts';
import { type StubFrame, startStub } from '../log/channel/stub-relay.ts';
import { DEVICE, makeFolder, openDevice, ROSTER } from '../log/log-devices.ts';
import { makeRelay } from '../log/relay-process.ts';
import { event, ORG, ROOT, START, STATUS } from '../log/signing.ts';
import { relay } from '../node/relay/running.ts';

// What others' clients and relays were seen to get wrong, one test each; the first ones are in test/log (strange-relays,
// log, event): a hostile relay that speaks first, a relay that is down at the start, a frozen socket, verdicts cached on
// copied objects.
const PATIENCE = { timeout: 20_000, interval: 20 };
const updates = (count: number, at?: number) =>
  Array.from({ length: count }, (_, n) =>
    event({ content: `{"n":${n},"type":"incident.update"}`, created_at: at ?? START + n }, DEVICE),
  );

async function stranger(url: string): Promise<Relay> {
  const client = await Relay.connect(url);
  onTestFinished(() => client.close());
  return client;
}

const mutable = (one: SignedEvent) => ({ ...one, tags: one.tags.map((tag) => [...tag]) });

describe('coming back', () => {
  test('after an abrupt death of the relay also brings what came meanwhile with an old date', async () => {
    const folder = makeFolder();
    const server = await makeRelay(() => `${folder}/relay.db`);
    await server.start();
    const log = await openDevice([server.url], null);
    const writer = await openDevice([server.url]);
    await writer.add([ROSTER, ...updates(5)]);
    await vi.waitFor(() => expect(log.events()).toHaveLength(6), PATIENCE);
    await server.kill();
    await vi.waitFor(() => expect(log.links()[0]?.state).toBe('waiting'), PATIENCE);
    const old = event({ content: '{"old":1,"type":"incident.update"}', created_at: START - 86_400 }, DEVICE);
    await server.start();
    await (await stranger(server.url)).publish(mutable(old));
    await vi.waitFor(() => expect(log.events()).toContainEqual(old), PATIENCE);
  });
});

describe('an answer that does not come', () => {
  /** A relay that holds `held`; `change` may replace what it says. */
  function speaking(held: readonly SignedEvent[], change: (frame: StubFrame) => readonly StubFrame[] | undefined) {
    const index = createIndex();
    for (const { created_at, id } of held) index.insert(created_at, id);
    return (frame: StubFrame): readonly StubFrame[] => {
      const changed = change(frame);
      if (changed !== undefined) return changed;
      const [type, name, filter, message] = frame;
      if (type === 'NEG-OPEN')
        return [['NEG-MSG', name, respond(isOpen(filter) ? index : createIndex(), String(message))]];
      if (type !== 'REQ') return [];
      const { ids, kinds = [], limit } = filter as { ids?: string[]; kinds?: number[]; limit?: number };
      const found =
        limit === 0 ? [] : held.filter(({ id, kind }) => (ids?.includes(id) ?? true) && kinds.includes(kind));
      return [...found.map((one) => ['EVENT', name, one]), ['EOSE', name]];
    };
  }

  const isOpen = (filter: unknown) => (filter as { kinds: number[] }).kinds.includes(OPEN_KINDS[0] ?? 0);

  test('is not taken for the end of what is stored, however long it takes', async () => {
    const held = updates(3);
    const stub = await startStub(
      speaking(held, ([type, name]) => (type === 'REQ' && name === 'fetch-open' ? [] : undefined)),
    );
    const log = await openDevice([stub.url], null);
    await vi.waitFor(() => expect(stub.heard.some(([, name]) => name === 'fetch-open')).toBe(true), PATIENCE);
    // Longer than the 4.4 s after which the stock client makes up an EOSE.
    expect(await log.whenSynced(5_000)).toBe(false);
    expect(log.links()[0]?.synced).toBe(false);
  });

  test('to an EVENT gives no receipt, and one that comes late still does', async () => {
    const [one] = updates(1);
    const stub = await startStub(speaking([ROSTER], ([type]) => (type === 'EVENT' ? [] : undefined)));
    const log = await openDevice([stub.url], null);
    await log.add([ROSTER, one]);
    await vi.waitFor(() => expect(stub.heard.some(([type]) => type === 'EVENT')).toBe(true), PATIENCE);
    expect(await log.whenSynced(5_000)).toBe(false);
    expect(log.receipts(one?.id ?? '')).toEqual([]);
    const noted: string[] = [];
    log.onReceipts((ids) => noted.push(...ids));
    stub.say('OK', one?.id, true, '');
    // Noted, not kept: this relay holds nothing, and the next comparison takes the receipt back.
    await vi.waitFor(() => expect(noted).toContain(one?.id), PATIENCE);
  });

  test('NEG-ERR is no success: what the relay holds is then read in pages', async () => {
    const held = [ROSTER, ...updates(30)];
    const stub = await startStub(
      speaking(held, ([type, name]) =>
        type === 'NEG-OPEN' ? [['NEG-ERR', name, 'blocked: too many records']] : undefined,
      ),
    );
    const log = await openDevice([stub.url], null);
    await vi.waitFor(() => expect(log.events()).toHaveLength(held.length), PATIENCE);
  });
});

test('a deletion (kinds 5 and 62) removes nothing, on the relay or here, and is not passed on', async () => {
  const { url } = await relay({ root: ROOT });
  const log = await openDevice([url]);
  const [one] = await Promise.all([log.writePublic('incident.update', { text: 'stays' }), log.add([ROSTER])]);
  await vi.waitFor(() => expect(log.receipts(one.id)).toEqual([url]), PATIENCE);
  const client = await stranger(url);
  for (const kind of [5, 62]) {
    const erase = event(
      {
        kind,
        content: '',
        tags: [
          ['e', one.id],
          ['relay', 'ALL_RELAYS'],
        ],
      },
      DEVICE,
    );
    await expect(client.publish(mutable(erase))).rejects.toThrow('blocked:');
    await log.add([erase]);
  }
  expect(log.events()).toContainEqual(one);
  const fresh = await openDevice([url]);
  await vi.waitFor(() => expect(fresh.events()).toContainEqual(one), PATIENCE);
  expect(fresh.events().every(({ kind }) => kind !== 5 && kind !== 62)).toBe(true);
});

test('control characters, separators and emoji travel as they were signed', async () => {
  const { url } = await relay({ root: ROOT });
  const text = '\u001b[31mred\u0000\u0008\u007f\u2028\u2029 \ud83d\ude80 "\\/';
  const content = JSON.stringify({ type: 'incident.update', text });
  const tags = [
    ['o', ORG],
    ['d', STATUS],
    ['t', text],
  ];
  const foreign = finalizeEvent({ kind: 3914, created_at: START, tags, content }, DEVICE);
  const client = await stranger(url);
  await client.publish(mutable(ROSTER));
  await client.publish(foreign);
  const log = await openDevice([url]);
  await vi.waitFor(() => expect(log.events().map(({ id }) => id)).toContain(foreign.id), PATIENCE);
  const held = log.events().find(({ id }) => id === foreign.id);
  expect(held?.content).toBe(content);
  expect(held?.tags.at(-1)).toEqual(['t', text]);
});

test('a second with more events than one answer holds comes over whole', async () => {
  const { url } = await relay({ root: ROOT, limits: { answerEvents: 15 } });
  const writer = await openDevice([url]);
  const crowd = updates(120, START);
  await writer.add([ROSTER, ...crowd]);
  await vi.waitFor(() => expect(writer.links()[0]?.synced).toBe(true), PATIENCE);
  const fresh = await openDevice([url]);
  await vi.waitFor(() => expect(fresh.events()).toHaveLength(crowd.length + 1), PATIENCE);
});

test('ids in capital letters are other ids: no such event is stored, no such answer counts', async () => {
  const [one] = updates(1);
  if (one === undefined) throw new Error('There is no event.');
  const capital = { ...one, id: one.id.toUpperCase() };
  expect(verifyEvent(capital)).toMatchObject({ type: 'invalid' });
  const stub = await startStub(([type, name, , message]) => {
    if (type === 'NEG-OPEN') return [['NEG-MSG', name, respond(createIndex(), String(message))]];
    if (type === 'EVENT') return [['OK', (name as SignedEvent).id.toUpperCase(), true, '']];
    return type === 'REQ' ? [['EOSE', name]] : [];
  });
  const log = await openDevice([stub.url], null);
  await log.add([one, capital]);
  await vi.waitFor(() => expect(stub.heard.some(([type]) => type === 'EVENT')).toBe(true), PATIENCE);
  expect(await log.whenSynced(1_000)).toBe(false);
  expect(log.receipts(one.id)).toEqual([]);
  expect(log.events()).toEqual([one]);
});
