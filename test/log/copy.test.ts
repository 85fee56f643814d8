import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openCopy } from '../../src/log/copy.ts';
import { createMemoryStore } from '../../src/log/store/memory-store.ts';
import { KIND, type SignedEvent } from '../../src/model/event.ts';
import { event, keyNumber, ORG } from './signing.ts';

const soon = () => Promise.resolve();
const pool = Array.from({ length: 40 }, (_, n) =>
  event(
    {
      content: `{"n":${n}}`,
      kind: n % 4 === 0 ? KIND.pulse : KIND.public,
      d: n % 8 === 0 ? 'lb1:a' : 'lb1:b',
      created_at: 1_795_000_000 + (n % 5),
    },
    keyNumber(n % 3),
  ),
);

async function copyOf(...batches: readonly (readonly unknown[])[]) {
  const copy = await openCopy({ org: ORG, store: createMemoryStore(), pause: soon, gather: soon });
  for (const batch of batches) await copy.ingest(batch);
  return copy;
}

async function digest(...batches: readonly (readonly unknown[])[]): Promise<string> {
  const copy = await copyOf(...batches);
  const ids = copy.held.all().map(({ id }) => id);
  return bytesToHex(sha256(utf8ToBytes(ids.sort().join('\n'))));
}

const some = fc.subarray(pool);

test('union is commutative, associative and idempotent', async () => {
  await fc.assert(
    fc.asyncProperty(some, some, some, async (a, b, c) => {
      const whole = await digest(a, b, c);
      expect(await digest(c, a, b)).toBe(whole);
      expect(await digest([...b, ...c], a)).toBe(whole);
      expect(await digest(a, a, b, c, b)).toBe(whole);
    }),
    { numRuns: 8 },
  );
}, 60_000);

test('one changed bit anywhere keeps an event out, whatever came before it', async () => {
  const [honest] = pool as [SignedEvent];
  const text = JSON.stringify(honest);
  await fc.assert(
    fc.asyncProperty(fc.nat(text.length - 1), fc.integer({ min: 0, max: 6 }), fc.boolean(), async (at, bit, first) => {
      const changed = text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) ^ (1 << bit)) + text.slice(at + 1);
      let value: unknown;
      try {
        value = JSON.parse(changed);
      } catch {
        // No longer JSON: a carrier refuses it before it gets here.
        return;
      }
      const copy = await copyOf(first ? [honest] : []);
      const { valid, invalid } = await copy.ingest([value, honest]);
      expect([valid, invalid.length]).toEqual([[honest], 1]);
      expect(copy.held.all()).toEqual([honest]);
    }),
    { numRuns: 150 },
  );
}, 60_000);
