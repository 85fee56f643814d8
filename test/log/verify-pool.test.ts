import { describe, expect, onTestFinished, test } from 'vitest';
import { verifyEvent } from '../../src/log/event.ts';
import { createVerifyPool, type VerifyJob, type VerifyThread } from '../../src/log/verify-pool.ts';
import type { SignedEvent } from '../../src/model/event.ts';
import { nodePlatform } from '../../src/node/platform.ts';
import { event, keyNumber, ORG } from './signing.ts';

const events = Array.from({ length: 50 }, (_, n) => event({ content: `{"n":${n}}` }, keyNumber(1)));
const forged = { ...(events[7] as SignedEvent), content: '{"n":-7}' };

/** What becomes of a thread: `answers`, or dies with its first work, or takes it and stays silent. */
type Fate = 'answers' | 'dies' | 'silent';

/** A thread that lives in this process. */
function stubThread(fate: Fate): VerifyThread {
  const thread: VerifyThread = {
    onmessage: null,
    onerror: null,
    terminate: () => {
      fate = 'silent';
    },
    postMessage: (jobs: readonly VerifyJob[]) => {
      const verdicts = structuredClone(jobs).map(({ ticket, event: one, org }) => {
        const verified = verifyEvent(one, org);
        return { ticket, reason: verified.type === 'ok' ? null : verified.reason };
      });
      setTimeout(() => {
        if (fate === 'dies') thread.onerror?.call(thread as Worker, new Event('error') as ErrorEvent);
        if (fate === 'answers')
          thread.onmessage?.call(thread as Worker, new MessageEvent('message', { data: verdicts }));
      });
    },
  };
  return thread;
}

function openPool(fates: readonly Fate[], size = 2) {
  let made = 0;
  const makeThread = () => stubThread(fates[made++] ?? 'answers');
  // Ten seconds of silence are over at once.
  const after = (ms: number, task: () => void) => nodePlatform.after(ms >= 10_000 ? 150 : ms, task);
  const pool = createVerifyPool({ makeThread, size, platform: { after } });
  onTestFinished(pool.close);
  return { pool, made: () => made };
}

async function verdictsOf({ verify }: ReturnType<typeof openPool>['pool'], values: readonly unknown[]) {
  const verdicts = await Promise.all(values.map((value) => Promise.resolve(verify(value, ORG))));
  return verdicts.map((verdict) => (verdict.type === 'ok' ? verdict.event.id : 'refused'));
}

const mixed: readonly unknown[] = [...events.slice(0, 22), forged, 'no event', ...events.slice(22)];
const expected = mixed.map((value) =>
  value === forged || value === 'no event' ? 'refused' : (value as SignedEvent).id,
);

describe('a pool of threads', () => {
  test.each<[string, readonly Fate[]]>([
    ['in the order in which they were asked', []],
    ['when a thread dies in the middle', ['dies']],
    ['when a thread falls silent', ['answers', 'silent']],
    ['when every thread dies at once', ['dies', 'dies', 'dies', 'dies']],
  ])('gives every event its verdict, %s', async (_, fates) => {
    const { pool } = openPool(fates);
    expect(await verdictsOf(pool, mixed)).toEqual(expected);
    expect(await verdictsOf(pool, mixed)).toEqual(expected);
  });

  test('makes no more threads than it may, and none before there is work', async () => {
    const { pool, made } = openPool([], 3);
    expect(made()).toBe(0);
    await verdictsOf(pool, mixed);
    expect(made()).toBe(3);
  });

  test('checks on the page where the browser makes no threads', async () => {
    const makeThread = () => {
      throw new Error('forbidden by the content security policy');
    };
    const pool = createVerifyPool({ makeThread, size: 2, platform: nodePlatform });
    expect(await verdictsOf(pool, mixed)).toEqual(expected);
  });

  test('hands back its own copy, so that nothing can be changed after the check', async () => {
    const { pool } = openPool([]);
    const value = structuredClone(events[0]) as { content: string };
    const verdict = pool.verify(value, ORG);
    value.content = 'changed meanwhile';
    expect(await verdict).toEqual({ type: 'ok', event: events[0] });
  });

  test('believes no verdict for what it did not ask', async () => {
    const thread = stubThread('silent');
    const pool = createVerifyPool({ makeThread: () => thread, size: 1, platform: nodePlatform });
    onTestFinished(pool.close);
    let settled = false;
    void Promise.resolve(pool.verify(forged, ORG)).then(() => {
      settled = true;
    });
    await Promise.resolve();
    const lie = new MessageEvent('message', { data: [{ ticket: 999, reason: null }] });
    thread.onmessage?.call(thread as Worker, lie);
    await new Promise((resolve) => setImmediate(resolve));
    expect(settled).toBe(false);
  });
});
