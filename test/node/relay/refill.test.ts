import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chainName, KIND, type SignedEvent } from '../../../src/model/event.ts';
import { LIMITS } from '../../../src/node/relay/limits.ts';
import { MemoryShelf } from '../../../src/node/relay/memory-shelf.ts';
import { createState, type Output } from '../../../src/node/relay/state.ts';
import { step } from '../../../src/node/relay/step.ts';
import { fakeEvent, fakeKey, ORG, ROOT, rosterEvent } from '../../model/events.ts';

const [ana, ben, cleo] = ['ana', 'ben', 'cleo'].map(fakeKey) as [string, string, string];
const [ROSTER, STATUS, ROOM] = [chainName.roster(ORG), chainName.status(ORG), chainName.room('5'.repeat(32))];
const say = (n: number, previous?: SignedEvent) =>
  fakeEvent(cleo, KIND.public, STATUS, { v: 1, type: 'incident.update', n }, previous);
const talk = (n: number, previous?: SignedEvent) => fakeEvent(cleo, KIND.sealed, ROOM, { n }, previous);

const first = rosterEvent(ROOT, { grants: [ana, ben].map((pk) => ({ pk, member: pk, roles: ['admin'] })) });
const byBen = rosterEvent(ben, { grants: [{ pk: cleo, member: cleo, roles: ['commander'] }] });
const [one, hello] = [say(1), talk(1)];
const [two, again] = [say(2, one), talk(2, hello)];
const three = say(3, two);
const key = fakeEvent(ana, KIND.key, ROOM, { v: 1, wraps: {}, older: null, cuts: [{ pk: cleo, ids: [again.id] }] });
const removal = rosterEvent(ana, {
  removes: [
    { pk: cleo, cut: { [STATUS]: [three.id] } },
    { pk: ben, cut: { [ROSTER]: [byBen.id] } },
  ],
});
const honest = [first, byBen, one, two, three, hello, again, key, removal];
/** What a thief holds ready: appended, forked, back-dated, and a message behind the cut's back. */
const stolen = [say(4, three), say(5, one), say(6), talk(3, again), talk(4)];

/** A relay that starts empty and is sent everything, again and again, as devices do when the roster has changed. */
function refill(order: readonly SignedEvent[]): readonly string[] {
  const shelf = new MemoryShelf();
  const generous = { ...LIMITS, unknownBurst: 1e6, unknownRate: 1e6 };
  const state = createState(ROOT, shelf, generous);
  const perform = (output: Output): void => {
    if (output.type === 'verify')
      feed({ type: 'verified', ticket: output.ticket, verified: { type: 'ok', event: output.event } });
    if (output.type !== 'store') return;
    const [outcome = 'duplicate'] = shelf.put([output.event]);
    feed({ type: 'stored', results: [{ event: output.event, outcome }] });
  };
  const feed = (input: Parameters<typeof step>[1]): void => step(state, input, Date.UTC(2027, 0, 1)).forEach(perform);
  for (let before = -1; before !== shelf.size; ) {
    before = shelf.size;
    for (const value of order) feed({ type: 'posted', connection: 1, address: '', value });
  }
  return shelf
    .all()
    .map(({ id }) => id)
    .sort();
}

test('an empty relay is refilled in any order of upload, with all that removed colleagues wrote and nothing stolen', () => {
  const want = honest.map(({ id }) => id).sort();
  fc.assert(
    fc.property(
      // The removal is known before the thief comes: until then his key is as good as hers.
      fc.shuffledSubarray(honest, { minLength: honest.length }),
      fc.shuffledSubarray([...honest, ...stolen], { minLength: honest.length + stolen.length }),
      (order, again) => {
        expect(refill(order)).toEqual(want);
        expect(refill([first, removal, ...again])).toEqual(want);
      },
    ),
    { numRuns: 150 },
  );
});
