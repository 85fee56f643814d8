import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nextDue, step } from '../../../src/log/channel/channel.ts';
import { type Link, newLink } from '../../../src/log/channel/channel-state.ts';
import type { Input, Output } from '../../../src/log/channel/channel-turn.ts';
import { createHeld } from '../../../src/log/held.ts';
import { createIndex, respond } from '../../../src/log/negentropy/negentropy.ts';
import type { SignedEvent } from '../../../src/model/event.ts';
import { event, keyNumber, ORG } from '../signing.ts';

const KEY = keyNumber(1);
const events = Array.from({ length: 150 }, (_, n) => event({ content: `{"n":${n}}` }, KEY));

/** A link on a clock that only moves when it is told to, with everything that it put out. */
interface Options {
  readonly held?: readonly SignedEvent[];
  readonly random?: () => number;
}

function drive({ held = [], random = () => 0.5 }: Options = {}) {
  const copy = createHeld();
  for (const one of held) copy.add(one);
  let link: Link = newLink(ORG);
  let now = 1_000_000;
  const outputs: Output[] = [];
  const take = (...inputs: readonly Input[]) => {
    for (const input of inputs) {
      const next = step(link, input, { now, random, held: copy, unreceipted: () => [] });
      link = next.link;
      outputs.push(...next.outputs);
    }
  };
  return {
    copy,
    outputs,
    take,
    link: () => link,
    hear: (...frame: readonly unknown[]) => take({ type: 'heard' }, { type: 'frame', frame }),
    sent: (type: string) =>
      outputs.flatMap((output) => (output.type === 'send' && output.frame[0] === type ? [output.frame] : [])),
    /** Lets time pass until the next deadline, and past it. */
    untilDue: () => {
      const waited = nextDue(link) - now;
      now += Math.max(0, waited);
      take({ type: 'tick' });
      return waited;
    },
    /** The clock moves, and no timer rings. */
    jump: (ms: number) => {
      now += ms;
    },
    pass: (ms: number) => {
      now += ms;
      take({ type: 'tick' });
    },
  };
}

function opened(options: Options = {}) {
  const driven = drive(options);
  driven.take({ type: 'tick' }, { type: 'opened' });
  return driven;
}

describe('a link that cannot connect', () => {
  test('begins anew when the machine slept meanwhile, instead of waking for ever', () => {
    const relay = drive();
    relay.take({ type: 'tick' });
    relay.jump(60_000);
    relay.take({ type: 'wake' });
    expect(relay.link().phase).toBe('connecting');
    expect(relay.untilDue()).toBe(5_000);
  });

  test('gives up after five seconds and waits', () => {
    const relay = drive();
    relay.take({ type: 'tick' });
    expect(relay.link().phase).toBe('connecting');
    expect(relay.untilDue()).toBe(5_000);
    expect(relay.link()).toMatchObject({ phase: 'waiting', reason: 'did not answer within 5 s' });
  });

  test('waits longer each time, from half a second to half a minute, never less than half of that', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (random) => {
        const relay = drive({ random: () => random });
        for (let attempt = 0; attempt < 12; attempt++) {
          relay.take({ type: 'tick' }, { type: 'closed', reason: 'refused' });
          const full = Math.min(30_000, 500 * 2 ** attempt);
          const waited = relay.untilDue();
          expect(waited).toBeGreaterThanOrEqual(full / 2 - 1);
          expect(waited).toBeLessThanOrEqual(full);
        }
      }),
      { numRuns: 30 },
    );
  });

  test('tries at once when it is woken, and starts its waiting anew', () => {
    const relay = drive();
    for (let attempt = 0; attempt < 8; attempt++) {
      relay.take({ type: 'tick' }, { type: 'closed', reason: 'refused' });
      if (attempt < 7) relay.untilDue();
    }
    relay.take({ type: 'wake' });
    expect(relay.link().phase).toBe('connecting');
    relay.take({ type: 'closed', reason: 'refused' });
    expect(relay.untilDue()).toBeLessThanOrEqual(500);
  });
});

describe('a link that is open', () => {
  test('listens first, then compares everything', () => {
    const types = opened().outputs.map((output) => (output.type === 'send' ? output.frame[1] : output.type));
    expect(types).toEqual(['connect', 'live-open', 'hints', 'rosters', 'neg-open']);
  });

  test('is lost when nothing is heard for ten seconds after a question', () => {
    const relay = opened();
    expect(relay.untilDue()).toBe(10_000);
    expect(relay.link()).toMatchObject({ phase: 'waiting', reason: 'stopped answering' });
    expect(relay.outputs.at(-1)).toEqual({ type: 'disconnect' });
  });

  test('is asked for a sign of life when it was quiet for ten seconds, and kept when it answers', () => {
    const relay = opened();
    relay.hear('NEG-MSG', 'neg-open', respond(createIndex(), String(relay.sent('NEG-OPEN')[0]?.[3])));
    relay.hear('EOSE', 'hints');
    expect(relay.untilDue()).toBe(10_000);
    expect(relay.sent('REQ').at(-1)?.[1]).toBe('ping');
    relay.hear('EOSE', 'ping');
    expect(relay.link().phase).toBe('open');
  });

  test('has three seconds to answer after the machine slept', () => {
    const relay = opened();
    relay.take({ type: 'heard' }, { type: 'wake' });
    expect(relay.untilDue()).toBe(3_000);
    expect(relay.link().phase).toBe('waiting');
  });

  test.each(['waiting', 'connecting', 'open'] as const)(
    'is not left %s for an hour when the clock is set back by one',
    (phase) => {
      const relay = drive({ held: events });
      if (phase !== 'waiting') relay.take({ type: 'tick' });
      if (phase === 'open') {
        relay.take({ type: 'opened' });
        relay.hear('NEG-MSG', 'neg-open', respond(createIndex(), String(relay.sent('NEG-OPEN')[0]?.[3])));
        relay.hear('OK', events[0]?.id, false, 'rate-limited: slow down');
      }
      relay.pass(-3_600_000);
      relay.take({ type: 'wake' });
      expect(relay.untilDue()).toBeLessThanOrEqual(5_000);
    },
  );

  describe('whose clock is set back by a day before any timer rings', () => {
    const DAY = 24 * 3_600_000;

    test('is lost within ten seconds when the relay says nothing more', () => {
      const relay = opened();
      relay.jump(-DAY);
      relay.take({ type: 'publish', ids: [] });
      expect(relay.untilDue()).toBeLessThanOrEqual(10_000);
      expect(relay.link()).toMatchObject({ phase: 'waiting', reason: 'stopped answering' });
    });

    test('compares again within a minute, and sends again what was never answered', () => {
      const relay = opened({ held: events.slice(0, 3) });
      const theirs = createIndex();
      relay.hear('NEG-MSG', 'neg-open', respond(theirs, String(relay.sent('NEG-OPEN')[0]?.[3])));
      expect(relay.sent('EVENT')).toHaveLength(3);
      relay.jump(-DAY);
      for (let waited = 0; waited < 40_000; waited += Math.max(1, relay.untilDue())) relay.hear('EOSE', 'ping');
      expect(relay.sent('EVENT')).toHaveLength(6);
      for (const { id } of events.slice(0, 3)) relay.hear('OK', id, true, '');
      for (let waited = 0; waited < 60_000; waited += Math.max(1, relay.untilDue())) relay.hear('EOSE', 'ping');
      expect(relay.sent('NEG-OPEN').length).toBeGreaterThan(1);
    });

    test('does not wait for a day when the clock was a day ahead for a moment only', () => {
      const relay = opened({ held: events.slice(0, 3) });
      relay.hear('NEG-MSG', 'neg-open', respond(createIndex(), String(relay.sent('NEG-OPEN')[0]?.[3])));
      for (const { id } of events.slice(0, 3)) relay.hear('OK', id, true, '');
      relay.jump(DAY);
      relay.take({ type: 'publish', ids: [] });
      relay.hear('EOSE', 'ping');
      const later = events.slice(3, 5);
      for (const one of later) relay.copy.add(one);
      relay.take({ type: 'publish', ids: later.map(({ id }) => id) });
      relay.pass(2_000 - DAY);
      let waited = 0;
      while (relay.link().phase === 'open' && waited <= 10_000) waited += Math.max(1, relay.untilDue());
      expect(relay.link()).toMatchObject({ phase: 'waiting', reason: 'stopped answering' });
    });
  });

  test('is read in pages once more within a minute, then every ten, when it knows no NIP-77', () => {
    const relay = opened();
    relay.hear('NOTICE', 'invalid: unknown message');
    const pages = () => relay.sent('REQ').filter(([, name]) => name === 'page-open').length;
    const wait = (ms: number) => {
      for (let passed = 0; passed < ms; passed += 5_000) {
        relay.pass(5_000);
        relay.hear('EOSE', 'ping');
      }
    };
    relay.hear('EOSE', 'page-open');
    relay.hear('EOSE', 'hints');
    wait(60_000);
    expect(pages()).toBe(2);
    relay.hear('EOSE', 'page-open');
    wait(590_000);
    expect(pages()).toBe(2);
    wait(10_000);
    expect(pages()).toBe(3);
  });

  test('never has more than 64 events on the way, and sends all', () => {
    const relay = opened({ held: events });
    relay.hear('NEG-MSG', 'neg-open', respond(createIndex(), String(relay.sent('NEG-OPEN')[0]?.[3])));
    const answered = new Set<string>();
    while (answered.size < relay.sent('EVENT').length) {
      const waiting = relay
        .sent('EVENT')
        .map(([, sent]) => (sent as SignedEvent).id)
        .filter((id) => !answered.has(id));
      expect(waiting.length).toBeLessThanOrEqual(64);
      const [id = ''] = waiting;
      answered.add(id);
      relay.hear('OK', id, true, '');
    }
    expect(answered.size).toBe(events.length);
    expect(relay.outputs.filter(({ type }) => type === 'stored')).toHaveLength(events.length);
  });

  test('sends what a person writes now before what is refilled', () => {
    const relay = opened({ held: events });
    relay.hear('NEG-MSG', 'neg-open', respond(createIndex(), String(relay.sent('NEG-OPEN')[0]?.[3])));
    const now = event({ content: '{"now":1}' }, KEY);
    relay.copy.add(now);
    relay.take({ type: 'publish', ids: [now.id] });
    for (const [, sent] of relay.sent('EVENT').slice(0, 40)) relay.hear('OK', (sent as SignedEvent).id, true, '');
    const order = relay.sent('EVENT').map(([, sent]) => (sent as SignedEvent).id);
    expect(order.indexOf(now.id)).toBe(64);
  });

  test('compares again every minute, and at once after a difference', () => {
    const relay = opened();
    relay.hear('EOSE', 'hints');
    relay.hear('NEG-MSG', 'neg-open', respond(createIndex(), String(relay.sent('NEG-OPEN')[0]?.[3])));
    const compared = relay.sent('NEG-OPEN').length;
    for (let second = 0; second < 59; second++) {
      relay.pass(1_000);
      relay.take({ type: 'heard' });
    }
    expect(relay.sent('NEG-OPEN')).toHaveLength(compared);
    relay.pass(2_000);
    expect(relay.sent('NEG-OPEN')).toHaveLength(compared + 1);
  });

  test('survives any frame that a relay may make up', () => {
    const word = fc.constantFrom(
      'OK',
      'EOSE',
      'CLOSED',
      'NEG-MSG',
      'NEG-ERR',
      'AUTH',
      'NOTICE',
      'neg-open',
      'live-sealed',
      '61',
    );
    const frame = fc.array(fc.oneof(word, fc.anything()), { maxLength: 5 });
    fc.assert(
      fc.property(fc.array(frame, { maxLength: 20 }), (frames) => {
        const relay = opened({ held: events.slice(0, 5) });
        for (const made of frames) relay.hear(...made);
        expect(['open', 'waiting']).toContain(relay.link().phase);
        expect(Number.isNaN(nextDue(relay.link()))).toBe(false);
      }),
    );
  });

  test('always has a next deadline that lies ahead once it was kept', () => {
    const relay = opened({ held: events });
    for (let turn = 0; turn < 200; turn++) {
      relay.untilDue();
      expect(nextDue(relay.link())).toBeGreaterThan(1_000_000);
      if (relay.link().phase === 'connecting') relay.take({ type: 'opened' });
    }
    expect(relay.link().phase).not.toBe('closed');
  });
});

describe('a relay that does not let this device compare sealed kinds', () => {
  const sealed = events.slice(0, 5).map((_, n) => event({ kind: 3912, created_at: 1_795_000_000 + n }, KEY));
  const newest = sealed[4]?.id;

  function refusing() {
    const relay = opened({ held: sealed });
    relay.take({ type: 'lock', unlocked: true });
    const refuse = () => relay.hear('CLOSED', 'live-sealed', 'restricted: not for watchers');
    const sentIds = () => relay.sent('EVENT').map(([, sent]) => (sent as SignedEvent).id);
    return { ...relay, refuse, sentIds };
  }

  test('is sent the newest again, once on each connection, and no more while it says that it has it', () => {
    const relay = refusing();
    relay.refuse();
    expect(relay.sentIds()).toEqual([newest]);
    relay.hear('OK', newest, true, 'duplicate: it is stored already');
    relay.refuse();
    expect(relay.sentIds()).toEqual([newest]);
    relay.take({ type: 'closed', reason: 'gone' }, { type: 'wake' }, { type: 'opened' });
    relay.refuse();
    expect(relay.sentIds()).toEqual([newest, newest]);
  });

  test('is sent all of them again when the newest was new to it, and its receipts do not count until then', () => {
    const relay = refusing();
    relay.refuse();
    relay.hear('OK', newest, true, '');
    expect(new Set(relay.sentIds())).toEqual(new Set(sealed.map(({ id }) => id)));
    expect(relay.sentIds()).toHaveLength(sealed.length);
    expect(relay.outputs).toContainEqual({ type: 'lost', set: 'sealed' });
    for (const { id } of sealed) relay.hear('OK', id, true, '');
    relay.refuse();
    expect(relay.sentIds()).toHaveLength(sealed.length);
  });
});

describe('NIP-42', () => {
  test('is answered only while the device is unlocked', () => {
    const relay = opened();
    relay.hear('AUTH', 'riddle');
    expect(relay.outputs.some(({ type }) => type === 'sign')).toBe(false);
    relay.take({ type: 'lock', unlocked: true });
    expect(relay.outputs.at(-1)).toEqual({ type: 'sign', challenge: 'riddle' });
  });

  test('opens the sealed kinds once the relay agrees, and closes them when the device is locked', () => {
    const relay = opened();
    const proof = event({ kind: 22_242 }, KEY);
    relay.take({ type: 'lock', unlocked: true });
    relay.hear('AUTH', 'riddle');
    relay.take({ type: 'signed', event: proof });
    expect(relay.sent('NEG-OPEN').map(([, name]) => name)).toEqual(['neg-open']);
    relay.hear('OK', proof.id, true, '');
    expect(relay.sent('NEG-OPEN').map(([, name]) => name)).toEqual(['neg-open', 'neg-sealed']);
    relay.take({ type: 'lock', unlocked: false });
    expect(relay.sent('CLOSE').at(-1)).toEqual(['CLOSE', 'live-sealed']);
    expect(relay.link().sync.sealed.type).toBe('off');
  });
});
