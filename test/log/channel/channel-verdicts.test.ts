import { describe, expect, test } from 'vitest';
import { isSynced, step } from '../../../src/log/channel/channel.ts';
import { type Link, newLink } from '../../../src/log/channel/channel-state.ts';
import type { Input, Output } from '../../../src/log/channel/channel-turn.ts';
import { createHeld } from '../../../src/log/held.ts';
import { createIndex, respond } from '../../../src/log/negentropy/negentropy.ts';
import type { SignedEvent } from '../../../src/model/event.ts';
import { event, keyNumber, ORG, rosterFor } from '../signing.ts';

const KEY = keyNumber(1);
const ROSTER = rosterFor([{ key: KEY, roles: ['commander'] }]);
const EVENT = event({ content: '{"n":1}' }, KEY);

/** A link to a relay that holds nothing and that has just been sent the roster and one event. */
function sent() {
  const held = createHeld();
  for (const one of [ROSTER, EVENT]) held.add(one);
  let link: Link = newLink(ORG);
  let now = 1_000_000;
  let outputs: Output[] = [];
  const take = (...inputs: readonly Input[]) => {
    for (const input of inputs) {
      const next = step(link, input, { now, random: () => 0.5, held, unreceipted: () => [] });
      link = next.link;
      outputs.push(...next.outputs);
    }
  };
  const hear = (...frame: readonly unknown[]) => take({ type: 'heard' }, { type: 'frame', frame });
  const compare = () => {
    const opening = outputs.findLast((output) => output.type === 'send' && output.frame[0] === 'NEG-OPEN');
    if (opening?.type !== 'send') throw new Error('nothing is compared');
    hear('NEG-MSG', 'neg-open', respond(createIndex(), String(opening.frame[3])));
  };
  take({ type: 'tick' }, { type: 'opened' });
  compare();
  hear('OK', ROSTER.id, true, '');
  outputs = [];
  /** Ids sent as EVENT since the last look. */
  const sentNow = () => {
    const ids = outputs.flatMap((output) =>
      output.type === 'send' && output.frame[0] === 'EVENT' ? [(output.frame[1] as SignedEvent).id] : [],
    );
    outputs = [];
    return ids;
  };
  return {
    hear,
    take,
    sentNow,
    link: () => link,
    /** How many frames of this type were sent since the last look. */
    asked: (type: string) => outputs.filter((output) => output.type === 'send' && output.frame[0] === type).length,
    receipts: () => outputs.flatMap((output) => (output.type === 'stored' ? output.ids : [])),
    pass: (ms: number) => {
      now += ms;
      take({ type: 'tick' });
    },
    /** The next comparison, at which the relay still lacks the event. */
    compareAgain: () => {
      take({ type: 'wake' });
      compare();
    },
  };
}

/** DESIGN §7. `again`: what makes the channel send the event once more. */
const TABLE: readonly {
  readonly accepted: boolean;
  readonly message: string;
  readonly receipt?: true;
  readonly again: 'never' | 'after a while' | 'after AUTH' | 'behind the roster';
}[] = [
  { accepted: true, message: '', receipt: true, again: 'never' },
  { accepted: true, message: 'duplicate: it is stored already', receipt: true, again: 'never' },
  { accepted: false, message: 'duplicate: it is stored already', receipt: true, again: 'never' },
  { accepted: false, message: 'replaced: a newer one is stored', again: 'never' },
  { accepted: false, message: 'rate-limited: too fast', again: 'after a while' },
  { accepted: false, message: 'error: it could not be stored: the storage is full', again: 'after a while' },
  { accepted: false, message: 'pow: 28 bits', again: 'after a while' },
  { accepted: false, message: '', again: 'after a while' },
  { accepted: false, message: 'auth-required: who is that', again: 'after AUTH' },
  { accepted: false, message: 'restricted: send the roster first', again: 'behind the roster' },
  { accepted: false, message: 'invalid: its hash', again: 'never' },
  { accepted: false, message: 'blocked: purged', again: 'never' },
];

describe('what the channel does at a verdict', () => {
  test.each(TABLE)('OK $accepted "$message": sends it again $again', ({ accepted, message, receipt, again }) => {
    const relay = sent();
    relay.hear('OK', EVENT.id, accepted, message);
    expect(relay.receipts()).toEqual(receipt ? [EVENT.id] : []);
    const isRefused = /^(invalid|blocked):/.test(message);
    expect([...relay.link().refused]).toEqual(isRefused ? [[EVENT.id, message]] : []);

    switch (again) {
      case 'never':
        expect(relay.sentNow()).toEqual([]);
        relay.pass(9_000);
        expect(relay.sentNow()).toEqual([]);
        break;
      case 'after a while':
        expect(relay.sentNow()).toEqual([]);
        relay.pass(250);
        expect(relay.sentNow()).toEqual([]);
        relay.pass(250);
        expect(relay.sentNow()).toEqual([EVENT.id]);
        break;
      case 'after AUTH': {
        expect([...relay.link().upload.parked]).toEqual([[EVENT.id, message]]);
        relay.pass(9_000);
        expect(relay.sentNow()).toEqual([]);
        relay.take({ type: 'lock', unlocked: true });
        relay.hear('AUTH', 'challenge');
        const proof = event({ kind: 22_242 }, KEY);
        relay.take({ type: 'signed', event: proof });
        expect(relay.sentNow()).toEqual([]);
        relay.hear('OK', proof.id, true, '');
        expect(relay.sentNow()).toEqual([EVENT.id]);
        break;
      }
      case 'behind the roster':
        expect(relay.sentNow()).toEqual([ROSTER.id, EVENT.id]);
        relay.hear('OK', ROSTER.id, true, 'duplicate: ');
        relay.hear('OK', EVENT.id, false, message);
        expect(relay.sentNow()).toEqual([]);
        expect([...relay.link().upload.parked]).toEqual([[EVENT.id, message]]);
        relay.take({ type: 'roster' });
        expect(relay.sentNow()).toEqual([EVENT.id]);
    }
  });

  test.each(['invalid: its hash', 'blocked: not here'])(
    '"%s" is for ever, also when it is compared again',
    (message) => {
      const relay = sent();
      relay.hear('OK', EVENT.id, false, message);
      relay.compareAgain();
      expect(relay.sentNow()).not.toContain(EVENT.id);
      relay.take({ type: 'publish', ids: [EVENT.id] }, { type: 'roster' });
      expect(relay.sentNow()).not.toContain(EVENT.id);
    },
  );

  test('what was purged is offered again once a roster is news here: the purge may no longer count', () => {
    const relay = sent();
    relay.hear('OK', EVENT.id, false, 'blocked: purged');
    relay.compareAgain();
    expect(relay.sentNow()).not.toContain(EVENT.id);
    relay.hear('OK', ROSTER.id, true, 'duplicate: ');
    relay.take({ type: 'roster' });
    relay.compareAgain();
    expect(relay.sentNow()).toContain(EVENT.id);
  });

  test('what is refused in the light of the roster does not keep a relay from being in step; what waits for a proof does', () => {
    for (const [message, inStep] of [
      ['restricted: its author was removed', true],
      ['auth-required: who is that', false],
    ] as const) {
      const relay = sent();
      relay.hear('EOSE', 'hints');
      for (let round = 0; round < 3; round++) {
        if (round > 0) relay.compareAgain();
        relay.hear('OK', EVENT.id, false, message);
        relay.hear('OK', ROSTER.id, true, 'duplicate: ');
        relay.hear('OK', EVENT.id, false, message);
      }
      expect([...relay.link().upload.parked]).toEqual([[EVENT.id, message]]);
      expect([message, isSynced(relay.link())]).toEqual([message, inStep]);
      // A roster that is news here may let it in: until that is tried, there is something to wait for.
      relay.take({ type: 'roster' });
      expect(isSynced(relay.link())).toBe(false);
    }
  });

  test('a roster that is new to the relay is reason to ask for the sealed kinds again at once', () => {
    const relay = sent();
    relay.take({ type: 'lock', unlocked: true });
    relay.hear('AUTH', 'challenge');
    const proof = event({ kind: 22_242 }, KEY);
    relay.take({ type: 'signed', event: proof });
    relay.hear('OK', proof.id, true, '');
    relay.hear('CLOSED', 'live-sealed', 'restricted: nobody knows this device');
    expect(relay.link().sync.sealed.type).toBe('refused');
    relay.sentNow();
    for (const [message, asked] of [
      ['duplicate: it is stored already', 0],
      ['', 1],
    ] as const) {
      relay.take({ type: 'publish', ids: [ROSTER.id] });
      relay.hear('OK', ROSTER.id, true, message);
      relay.pass(0);
      expect(relay.asked('NEG-OPEN')).toBe(asked);
    }
  });

  test('what was acknowledged and is lacking at the next comparison is sent again', () => {
    const relay = sent();
    relay.hear('OK', EVENT.id, true, '');
    relay.compareAgain();
    expect(relay.sentNow()).toContain(EVENT.id);
    expect(relay.link().sync.open.type).not.toBe('off');
  });
});
