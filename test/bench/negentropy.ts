import { createHash } from 'node:crypto';
import { nip77 } from 'nostr-tools';
import {
  createIndex,
  initiate,
  type NegentropyIndex,
  reconcile,
  respond,
} from '../../src/log/negentropy/negentropy.ts';
import type { Figure, Measurement } from './measurement.ts';

const ITEMS = 100_000;
const MISSING = 100;
/** Spread over the whole log: the hardest case for a comparison by ranges. */
const EVERY = ITEMS / MISSING;
const FRAME_BYTES = 60_000;
const START = 1_795_000_000;

interface Item {
  readonly time: number;
  readonly id: string;
}

interface Outcome {
  readonly have: readonly string[];
  readonly need: readonly string[];
  readonly rounds: number;
  /** Bytes of the messages alone; on the wire hex doubles them. */
  readonly up: number;
  readonly down: number;
  readonly seconds: number;
}

/** The client of nostr-tools and our own, each against our responder; nobody else's responder is to be had. */
export const negentropy: Measurement = {
  name: 'negentropy',
  does: `two sets of ${ITEMS} ids, ${MISSING} missing on each side, in one process`,
  run: async () => {
    const items = Array.from({ length: ITEMS }, (_, n): Item => {
      const id = createHash('sha256').update(`item ${n}`).digest('hex');
      return { time: START + n, id };
    });
    const [ours, theirs] = [items.filter((_, n) => n % EVERY !== 0), items.filter((_, n) => n % EVERY !== EVERY / 2)];
    const wanted = {
      have: items.filter((_, n) => n % EVERY === EVERY / 2).map(({ id }) => id),
      need: items.filter((_, n) => n % EVERY === 0).map(({ id }) => id),
    };
    const server = indexOf(theirs);
    const runs = { 'nostr-tools': byNostrTools(ours, server), ours: byUs(ours, server) };
    return Object.entries(runs).flatMap(([name, outcome]) => figuresOf(name, checked(name, outcome, wanted)));
  },
};

function checked(name: string, outcome: Outcome, wanted: Pick<Outcome, 'have' | 'need'>): Outcome {
  for (const side of ['have', 'need'] as const) {
    const isRight = [...outcome[side]].sort().join() === [...wanted[side]].sort().join();
    if (!isRight)
      throw new Error(`The initiator of ${name} found ${outcome[side].length} ids, and not the right ones.`);
  }
  return outcome;
}

function figuresOf(name: string, { rounds, up, down, seconds }: Outcome): readonly Figure[] {
  return [
    { name: `negentropy, initiator: ${name}; messages up`, value: rounds, unit: 'messages' },
    { name: `negentropy, initiator: ${name}; up, binary`, value: up / 1024, unit: 'KiB' },
    { name: `negentropy, initiator: ${name}; down, binary`, value: down / 1024, unit: 'KiB' },
    { name: `negentropy, initiator: ${name}; both sides`, value: seconds, unit: 's' },
  ];
}

function indexOf(items: readonly Item[]): NegentropyIndex {
  const index = createIndex();
  for (const { time, id } of items) index.insert(time, id);
  return index;
}

function byNostrTools(items: readonly Item[], server: NegentropyIndex): Outcome {
  const storage = new nip77.NegentropyStorageVector();
  for (const { time, id } of items) storage.insert(time, id);
  storage.seal();
  const client = new nip77.Negentropy(storage, FRAME_BYTES);
  const [have, need]: [string[], string[]] = [[], []];
  const talk = converse(client.initiate(), server, (answer) => {
    return client.reconcile(
      answer,
      (id) => have.push(id),
      (id) => need.push(id),
    );
  });
  return { have, need, ...talk };
}

function byUs(items: readonly Item[], server: NegentropyIndex): Outcome {
  const index = indexOf(items);
  const [have, need]: [string[], string[]] = [[], []];
  const talk = converse(initiate(index), server, (answer) => {
    const found = reconcile(index, answer);
    have.push(...found.have);
    need.push(...found.need);
    return found.next;
  });
  return { have, need, ...talk };
}

function converse(first: string, server: NegentropyIndex, hear: (answer: string) => string | null) {
  const start = performance.now();
  let [rounds, up, down] = [0, 0, 0];
  for (let message: string | null = first; message !== null; rounds++) {
    up += message.length / 2;
    const answer = respond(server, message);
    down += answer.length / 2;
    message = hear(answer);
  }
  return { rounds, up, down, seconds: (performance.now() - start) / 1000 };
}
