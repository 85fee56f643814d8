import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { createIndex, respond } from '../../../src/log/negentropy/negentropy.ts';
import { KIND, type SignedEvent } from '../../../src/model/event.ts';
import { OPEN_KINDS } from '../../../src/model/kind-sets.ts';
import { DEVICE, leastReceipts, openDevice, ROOM, ROSTER } from '../log-devices.ts';
import { event } from '../signing.ts';
import { type StubFrame, startStub } from './stub-relay.ts';

const PATIENCE = { timeout: 20_000, interval: 50 };
const events = Array.from({ length: 30 }, (_, n) =>
  event({ content: `{"n":${n}}`, created_at: 1_795_000_000 + n }, DEVICE),
);

/** Answers like a relay that holds `held`, and sends `as(event)` in the place of each. */
function holding(held: readonly SignedEvent[], as: (event: SignedEvent) => unknown) {
  const index = createIndex();
  for (const { created_at, id } of held) index.insert(created_at, id);
  return ([type, name, filter, message]: StubFrame): readonly StubFrame[] => {
    const ids = (filter as { ids?: string[] } | undefined)?.ids;
    if (type === 'NEG-OPEN') return [['NEG-MSG', name, respond(index, String(message))]];
    if (type === 'NEG-MSG') return [['NEG-MSG', name, respond(index, String(filter))]];
    if (type !== 'REQ') return [];
    const found = ids === undefined ? [] : held.filter(({ id }) => ids.includes(id));
    return [...found.map((one) => ['EVENT', name, as(one)]), ['EOSE', name]];
  };
}

describe('a relay that lies', () => {
  test('cannot hide an honest copy behind a tampered one that comes first', async () => {
    const liar = await startStub(holding(events, (honest) => ({ ...honest, content: '{"n":666}' })));
    const log = await openDevice([liar.url], null);
    await vi.waitFor(() => expect(log.links()[0]?.rejected).toBeGreaterThanOrEqual(events.length), PATIENCE);
    expect(log.events()).toEqual([]);

    const honest = await startStub(holding([ROSTER, ...events], (one) => one));
    const both = await openDevice([liar.url, honest.url], null);
    await vi.waitFor(() => expect(both.events()).toHaveLength(events.length + 1), PATIENCE);
    expect(both.receipts(events[0]?.id ?? '')).toEqual([honest.url]);
    expect(both.links().find(({ relay }) => relay === honest.url)?.rejected).toBe(0);
  });

  test('is let go when it speaks nonsense, and the others go on', async () => {
    const noise = await startStub(([type, name]) =>
      type === 'NEG-OPEN' ? [['NEG-MSG', name, 'zz']] : [['EOSE', name]],
    );
    const honest = await startStub(holding([ROSTER, ...events], (one) => one));
    const log = await openDevice([noise.url, honest.url], null);
    await vi.waitFor(() => expect(log.events()).toHaveLength(events.length + 1), PATIENCE);
    await vi.waitFor(() => expect(log.links()[0]?.reason).not.toBeNull(), PATIENCE);
  });
});

describe('a relay that lost what it had', () => {
  test('gets sealed events again from a device that may not compare them', async () => {
    const forgetful = await startStub(([type, name, , message]) => {
      if (type === 'EVENT') return [['OK', (name as SignedEvent).id, true, '']];
      if (!String(name).endsWith('sealed')) return holding([], (one) => one)([type, name, {}, message]);
      return type === 'NEG-OPEN' ? [['NEG-ERR', name, 'restricted: not for watchers']] : [];
    });
    const log = await openDevice([forgetful.url]);
    await log.add([ROSTER]);
    const alert = await log.append({ kind: KIND.sealed, d: ROOM, content: 'an alert' });
    const timesSent = () =>
      forgetful.heard.filter(([type, event]) => type === 'EVENT' && (event as SignedEvent).id === alert.id).length;
    await vi.waitFor(() => expect(log.receipts(alert.id)).toEqual([forgetful.url]), PATIENCE);
    const before = timesSent();
    log.wake();
    await vi.waitFor(() => expect(timesSent()).toBeGreaterThan(before), PATIENCE);
  });

  test('is not believed again when it says that it has stored what it was seen to lack, and is never called in step', async () => {
    let stores = false;
    const shelf = createIndex();
    const liar = await startStub(([type, name, , message]) => {
      if (type === 'NEG-OPEN') return [['NEG-MSG', name, respond(shelf, String(message))]];
      if (type === 'REQ') return [['EOSE', name]];
      if (type !== 'EVENT') return [];
      const { id, created_at } = name as SignedEvent;
      if (stores) shelf.insert(created_at, id);
      return [['OK', id, true, '']];
    });
    const log = await openDevice([liar.url], null);
    await log.add([ROSTER]);
    const timesSent = () => liar.heard.filter(([type]) => type === 'EVENT').length;
    await vi.waitFor(() => expect(timesSent()).toBe(2), PATIENCE);
    log.wake();
    await vi.waitFor(() => expect(timesSent()).toBe(3), PATIENCE);
    expect(await log.whenSynced(300)).toBe(false);
    expect(log.receipts(ROSTER.id)).toEqual([]);

    stores = true;
    log.wake();
    await vi.waitFor(() => expect(timesSent()).toBe(4), PATIENCE);
    log.wake();
    await vi.waitFor(() => expect(log.receipts(ROSTER.id)).toEqual([liar.url]), PATIENCE);
    expect(await log.whenSynced(1_000)).toBe(true);
  });
});

describe('a relay without NIP-77', () => {
  /** Pages of ten, newest first, as NIP-01 asks for. */
  function paging(held: Map<string, SignedEvent>) {
    return ([type, name, filter]: StubFrame): readonly StubFrame[] => {
      if (type === 'NEG-OPEN') return [['NOTICE', 'ERROR: bad msg: unknown cmd']];
      if (type === 'EVENT') {
        const sent = name as SignedEvent;
        held.set(sent.id, sent);
        return [['OK', sent.id, true, '']];
      }
      if (type !== 'REQ') return [];
      const { kinds, until = Infinity, limit = 10 } = filter as { kinds: number[]; until?: number; limit?: number };
      const page = [...held.values()]
        .filter(({ kind, created_at }) => kinds.includes(kind) && created_at <= until)
        .sort((a, b) => b.created_at - a.created_at)
        .slice(0, Math.min(10, limit));
      return [...page.map((one) => ['EVENT', name, one]), ['EOSE', name]];
    };
  }

  test('is compared by reading its pages: both sides end with everything', async () => {
    const held = new Map(events.slice(0, 25).map((one) => [one.id, one]));
    const plain = await startStub(paging(held));
    const log = await openDevice([plain.url], null);
    await log.add([ROSTER, ...events.slice(20)]);
    await vi.waitFor(() => expect(log.events()).toHaveLength(events.length + 1), PATIENCE);
    await vi.waitFor(() => expect(held.size).toBe(events.length + 1), PATIENCE);
    expect(log.receipts(ROSTER.id)).toEqual([plain.url]);
  });
});

describe('what a relay says to an event', () => {
  /** Says `verdict` to the first copy of each event and takes the second. */
  function refusingOnce(verdict: string) {
    const seen = new Set<string>();
    const index = createIndex();
    return ([type, name, , message]: StubFrame): readonly StubFrame[] => {
      if (type === 'NEG-OPEN') return [['NEG-MSG', name, respond(index, String(message))]];
      if (type === 'REQ') return [['EOSE', name]];
      if (type !== 'EVENT') return [];
      const { id, created_at } = name as SignedEvent;
      if (!seen.has(id) && (name as SignedEvent).id !== ROSTER.id) {
        seen.add(id);
        return [['OK', id, false, verdict]];
      }
      index.insert(created_at, id);
      return [['OK', id, true, '']];
    };
  }

  test.each(['rate-limited: slow down', 'error: the disk is busy', 'restricted: who is that?', 'no reason at all'])(
    'sends it again after "%s"',
    async (verdict) => {
      const relay = await startStub(refusingOnce(verdict));
      const log = await openDevice([relay.url], null);
      await log.add([ROSTER, ...events.slice(0, 3)]);
      await vi.waitFor(() => expect(log.receipts(events[0]?.id ?? '')).toEqual([relay.url]), PATIENCE);
    },
  );

  test.each(['invalid: too old', 'blocked: not here'])(
    'never sends it there again after "%s", and shows it',
    async (verdict) => {
      const relay = await startStub(refusingOnce(verdict));
      const log = await openDevice([relay.url], null);
      await log.add([ROSTER, ...events.slice(0, 1)]);
      const id = events[0]?.id ?? '';
      await vi.waitFor(() => expect(log.links()[0]?.refused.get(id)).toBe(verdict), PATIENCE);
      await vi.waitFor(() => expect(log.links()[0]?.synced).toBe(true), PATIENCE);
      expect(relay.heard.filter(([type, sent]) => type === 'EVENT' && (sent as SignedEvent).id === id)).toHaveLength(1);
      expect(log.events()).toContainEqual(events[0]);
    },
  );

  test('shows what is held back as long as the author is unknown there, and does not call that in step', async () => {
    const relay = await startStub(([type, name, , message]) => {
      if (type === 'NEG-OPEN') return [['NEG-MSG', name, respond(createIndex(), String(message))]];
      if (type === 'EVENT') return [['OK', (name as SignedEvent).id, false, 'restricted: nobody knows the author']];
      return type === 'REQ' ? [['EOSE', name]] : [];
    });
    const log = await openDevice([relay.url], null);
    await log.add(events.slice(0, 2));
    await vi.waitFor(() => expect(log.links()[0]?.parked.size).toBe(2), PATIENCE);
    expect(await log.whenSynced(500)).toBe(false);
    expect(log.links()[0]?.refused.size).toBe(0);
  });

  test('slows down when a relay asks for it, and still delivers everything', async () => {
    const index = createIndex();
    let tokens = 20;
    let refusals = 0;
    const refill = setInterval(() => {
      tokens = 20;
    }, 100);
    onTestFinished(() => clearInterval(refill));
    const relay = await startStub(([type, name, , message]) => {
      if (type === 'NEG-OPEN') return [['NEG-MSG', name, respond(index, String(message))]];
      if (type === 'REQ') return [['EOSE', name]];
      if (type !== 'EVENT') return [];
      const { id, created_at } = name as SignedEvent;
      if (tokens-- <= 0) {
        refusals++;
        return [['OK', id, false, 'rate-limited: slow down']];
      }
      index.insert(created_at, id);
      return [['OK', id, true, '']];
    });
    const many = Array.from({ length: 200 }, (_, n) => event({ content: `{"many":${n}}` }, DEVICE));
    const log = await openDevice([relay.url], null);
    await log.add(many);
    await vi.waitFor(() => expect(leastReceipts(log)).toBe(1), PATIENCE);
    expect(refusals).toBeLessThan(2_000);
  });

  test('takes a receipt back when the relay is seen to have lost the event', async () => {
    let lost = false;
    const index = createIndex();
    index.insert(ROSTER.created_at, ROSTER.id);
    const relay = await startStub(([type, name, , message]) => {
      if (type === 'NEG-OPEN') return [['NEG-MSG', name, respond(lost ? createIndex() : index, String(message))]];
      if (type === 'EVENT') return [['OK', (name as SignedEvent).id, false, 'blocked: the shelf is gone']];
      return type === 'REQ' ? [['EOSE', name]] : [];
    });
    const log = await openDevice([relay.url], null);
    await log.add([ROSTER]);
    await vi.waitFor(() => expect(log.receipts(ROSTER.id)).toEqual([relay.url]), PATIENCE);
    lost = true;
    log.wake();
    await vi.waitFor(() => expect(log.receipts(ROSTER.id)).toEqual([]), PATIENCE);
  });
});

test('asks for open and sealed kinds in filters of their own, and never with since', async () => {
  const heard: StubFrame[] = [];
  const stub = await startStub((frame) => {
    heard.push(frame);
    return frame[0] === 'REQ' ? [['EOSE', frame[1]]] : [];
  });
  await openDevice([stub.url]);
  await vi.waitFor(() => expect(heard.some(([type]) => type === 'NEG-OPEN')).toBe(true), PATIENCE);
  for (const [, , filter] of heard) {
    const { kinds = [], since } = (filter ?? {}) as { kinds?: number[]; since?: number };
    expect(since).toBeUndefined();
    expect(kinds.some((kind) => OPEN_KINDS.includes(kind)) && kinds.includes(3913)).toBe(false);
  }
});
