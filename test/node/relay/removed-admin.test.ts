import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { publicKeyOf } from '../../../src/log/event.ts';
import { canonical } from '../../../src/model/canonical.ts';
import { chainName, KIND, type SignedEvent } from '../../../src/model/event.ts';
import { foldRoster } from '../../../src/model/roster.ts';
import { LIMITS } from '../../../src/node/relay/limits.ts';
import { MemoryShelf } from '../../../src/node/relay/memory-shelf.ts';
import { createPolicyPlugin } from '../../../src/node/relay/policy-plugin.ts';
import { RosterFile } from '../../../src/node/relay/roster-file.ts';
import { createState } from '../../../src/node/relay/state.ts';
import { step } from '../../../src/node/relay/step.ts';
import { event, keyNumber, ORG, ROOT, rosterFor, START } from '../../log/signing.ts';

const [ANA, BEN, CLEO] = [keyNumber(1), keyNumber(2), keyNumber(3)];
const ROOM = chainName.room('5'.repeat(32));
const ROSTER = chainName.roster(ORG);

/** The `s`th event of a chain. */
function next(kind: number, d: string, key: Uint8Array, s: number, content: object, previous?: SignedEvent) {
  const prev = previous === undefined ? [] : [['e', previous.id, '', 'prev']];
  return event({ kind, d, tags: [['s', String(s)], ...prev], content: canonical(content) }, key);
}
const removal = (key: Uint8Array) => ({
  v: 1,
  gen: 0,
  grants: [],
  removes: [{ pk: publicKeyOf(key), cut: { [ROSTER]: [], [chainName.status(ORG)]: [] } }],
  invites: [],
  set: {},
  purges: [],
});
const cutAt = (key: Uint8Array, end: SignedEvent) => ({
  v: 1,
  wraps: {},
  older: null,
  cuts: [{ pk: publicKeyOf(key), ids: [end.id] }],
});

const paper = rosterFor([
  { key: ANA, roles: ['admin'] },
  { key: BEN, roles: ['admin'] },
  { key: CLEO, roles: ['responder'] },
]);
const said = next(KIND.sealed, ROOM, CLEO, 1, { text: 'by Cleo' });
const benCutsCleo = next(KIND.key, ROOM, BEN, 1, cutAt(CLEO, said));
const benSpeaks = next(KIND.sealed, ROOM, BEN, 2, { text: 'by Ben' }, benCutsCleo);
const benRemovesCleo = next(KIND.roster, ROSTER, BEN, 1, removal(CLEO));
const anaCutsBen = next(KIND.key, ROOM, ANA, 1, cutAt(BEN, benSpeaks));
const anaRemovesBen = next(KIND.roster, ROSTER, ANA, 1, removal(BEN));
const others = [paper, benCutsCleo, benSpeaks, benRemovesCleo, anaCutsBen, anaRemovesBen];

function relayWith(events: readonly SignedEvent[]) {
  const shelf = new MemoryShelf();
  shelf.put(events);
  const state = createState(ROOT, shelf, LIMITS);
  const stores = (given: SignedEvent): boolean => {
    const opening = { type: 'opened', connection: 1, address: 'a', challenge: 'c', hosts: [] } as const;
    step(state, opening, START * 1_000);
    const text = JSON.stringify(['EVENT', given]);
    const outputs = step(state, { type: 'frame', connection: 1, text }, START * 1_000);
    const ticket = outputs.flatMap((output) => (output.type === 'verify' ? [output.ticket] : []))[0] ?? 0;
    const then = step(state, { type: 'verified', ticket, verified: { type: 'ok', event: given } }, START * 1_000);
    const stored = then.flatMap((output) => (output.type === 'store' ? [output.event] : []));
    shelf.put(stored);
    step(state, { type: 'stored', results: stored.map((one) => ({ event: one, outcome: 'stored' })) }, START * 1_000);
    return stored.length > 0;
  };
  return { state, stores };
}

describe('what an admin said of cuts before he was removed himself', () => {
  test('counts on a relay as it does on a device', () => {
    const onDevice = foldRoster([...others, said], ROOT);
    expect(onDevice.accepted).toContain(said.id);
    expect(relayWith(others).state.roster.cutIds).toEqual(onDevice.cutIds);
    expect(relayWith(others).stores(said)).toBe(true);
  });

  test('counts as soon as the missing piece of his chain has come', () => {
    const relay = relayWith(others.filter((one) => one !== benSpeaks));
    expect(relay.stores(said)).toBe(false);
    expect(relay.stores(benSpeaks)).toBe(true);
    expect(relay.state.roster.cutIds).toContain(said.id);
  });

  test('counts in the write policy of a strfry as well, also after its restart and piece by piece', () => {
    const start = (path = join(mkdtempSync(join(tmpdir(), 'lifeboat-policy-')), 'policy.jsonl')) => {
      const onTrouble = (sentence: string) => expect.fail(sentence);
      const plugin = createPolicyPlugin({
        root: ROOT,
        file: new RosterFile(path),
        now: () => START * 1_000,
        onTrouble,
      });
      const accepts = (given: SignedEvent) =>
        plugin.answer(JSON.stringify({ type: 'new', event: given }))?.includes('"accept"');
      return { path, accepts };
    };
    const first = start();
    expect(others.map(first.accepts)).toEqual(others.map(() => true));
    expect(start(first.path).accepts(said)).toBe(true);
    expect(first.accepts(said)).toBe(true);
    const late = start();
    for (const one of others) if (one !== benSpeaks) late.accepts(one);
    expect(late.accepts(said)).toBe(false);
    expect(late.accepts(benSpeaks)).toBe(true);
    expect(late.accepts(said)).toBe(true);
  });
});
