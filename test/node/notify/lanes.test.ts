import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createLanes, pauseAfter, type Taken } from '../../../src/node/notify/lanes.ts';
import { type Delivery, type Outbox, openOutbox } from '../../../src/node/notify/outbox.ts';

let folder = '';
let outbox: Outbox;
let now = 1_000_000;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lifeboat-outbox-'));
  outbox = openOutbox(join(folder, 'outbox.db'));
  now = 1_000_000;
  timers.clear();
});
afterEach(() => {
  outbox.close();
  rmSync(folder, { recursive: true, force: true });
});

function put(endpoint: string, ...bodies: readonly string[]): void {
  for (const body of bodies) outbox.remember([body], [{ key: body, bodies: new Map([[endpoint, body]]) }], {}, now);
}

/** The clock stands until `pass` moves it on. */
const timers = new Set<{ readonly at: number; readonly task: () => void }>();
const platform = {
  now: () => now,
  after: (ms: number, task: () => void) => {
    const timer = { at: now + ms, task };
    timers.add(timer);
    return () => void timers.delete(timer);
  },
};

async function pass(ms: number): Promise<void> {
  now += ms;
  for (const timer of [...timers].filter(({ at }) => at <= now)) {
    timers.delete(timer);
    timer.task();
  }
  await settled();
}

/** Every answer here is there at once: one turn of the event loop later nothing is left to do. */
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

function lanes(answer: (delivery: Delivery, stop: AbortSignal) => Taken | Promise<Taken>, first = '') {
  const told: string[] = [];
  const troubles: string[] = [];
  const tell = async (delivery: Delivery, stop: AbortSignal) => {
    const taken = await answer(delivery, stop);
    if (taken.type === 'taken') told.push(`${delivery.endpoint} ${delivery.body}`);
    return taken;
  };
  const onTrouble = (sentence: string) => void troubles.push(sentence);
  const isFirst = (endpoint: string) => endpoint === first;
  const nameOf = (endpoint: string) => `the ${endpoint}`;
  const opened = createLanes({ outbox, tell, isFirst, nameOf, platform, onTrouble });
  const look = () => {
    opened.look();
    return settled();
  };
  return { told, troubles, look, close: opened.close };
}

const FAILED: Taken = { type: 'failed', why: 'it answered 500' };

describe('the lanes', () => {
  test('tell each endpoint everything in order', async () => {
    put('a', '1', '2', '3');
    put('b', '4');
    const { told, look } = lanes(() => ({ type: 'taken' }));
    await look();
    expect(outbox.heads()).toEqual([]);
    expect(told.filter((one) => one.startsWith('a'))).toEqual(['a 1', 'a 2', 'a 3']);
    expect(told).toContain('b 4');
  });

  test('let an endpoint that fails wait, longer each time, and no other', async () => {
    put('a', '1', '2');
    put('b', '3');
    let works = false;
    const { told, look } = lanes(({ endpoint }) => (endpoint === 'a' && !works ? FAILED : { type: 'taken' }));
    await look();
    expect(outbox.heads()).toEqual([{ endpoint: 'a', tries: 1, due: now + pauseAfter(0) }]);
    expect(told).toEqual(['b 3']);
    await pass(pauseAfter(0));
    expect(outbox.heads()).toEqual([{ endpoint: 'a', tries: 2, due: now + pauseAfter(1) }]);
    works = true;
    await pass(pauseAfter(1));
    expect(outbox.heads()).toEqual([]);
    expect(told).toEqual(['b 3', 'a 1', 'a 2']);
  });

  test('say of one of the first that it takes nothing, once for what waits, and nothing of the others', async () => {
    put('hook', '1');
    put('browser', '2');
    const { troubles, look } = lanes(() => FAILED, 'hook');
    await look();
    for (let tries = 0; tries < 8; tries += 1) await pass(pauseAfter(tries));
    expect(troubles).toEqual(['the hook takes nothing (it answered 500); it is tried again for a day.']);
  });

  test('keep nobody waiting for an endpoint that does not answer, and tell it the rest when it does', async () => {
    put('a', '1');
    const { promise, resolve } = Promise.withResolvers<Taken>();
    const { told, look } = lanes(({ body }) => (body === '1' ? promise : { type: 'taken' }));
    await look();
    put('a', '2');
    put('b', '3');
    await look();
    expect(told).toEqual(['b 3']);
    resolve({ type: 'taken' });
    await settled();
    expect(told).toEqual(['b 3', 'a 1', 'a 2']);
  });

  test('are at most twenty at one time, and those that never failed go first', async () => {
    const names = Array.from({ length: 30 }, (_, index) => `slow ${index}`);
    for (const name of names) put(name, name);
    put('sound', 'x');
    let answers: (() => void)[] = [];
    const begun: string[] = [];
    const { look } = lanes(async ({ endpoint }) => {
      begun.push(endpoint);
      await new Promise<void>((resolve) => answers.push(resolve));
      return endpoint === 'sound' ? { type: 'taken' } : FAILED;
    });
    const answer = () => {
      for (const one of answers.splice(0)) one();
      return settled();
    };
    await look();
    expect(begun).toEqual(names.slice(0, 20));
    await answer();
    expect(begun.slice(20)).toEqual([...names.slice(20), 'sound']);
    await answer();
    put('sound', 'y');
    answers = [];
    begun.splice(0);
    now += pauseAfter(0);
    await look();
    expect(begun).toHaveLength(20);
    expect(begun[0]).toBe('sound');
    await answer();
    await answer();
  });

  test('tell a webhook that failed once before browsers that never did', async () => {
    put('hook', '1');
    const begun: string[] = [];
    const { look } = lanes(({ endpoint }) => {
      begun.push(endpoint);
      return endpoint === 'hook' ? FAILED : { type: 'taken' };
    }, 'hook');
    await look();
    for (let index = 0; index < 30; index += 1) put(`browser ${index}`, `news ${index}`);
    now += pauseAfter(0);
    await look();
    expect(begun.slice(0, 3)).toEqual(['hook', 'hook', 'browser 0']);
  });

  test('forget an endpoint that is gone, with all that it was to be told', async () => {
    put('a', '1', '2');
    const { look } = lanes(() => ({ type: 'gone' }));
    await look();
    expect(outbox.heads()).toEqual([]);
  });

  test('give a message up after a day, say so, and go on with the next', async () => {
    put('a', '1', '2');
    const { told, troubles, look } = lanes(({ body }) => (body === '1' ? FAILED : { type: 'taken' }));
    await look();
    await pass(25 * 3_600_000);
    expect(told).toEqual(['a 2']);
    expect(troubles).toMatchObject([expect.stringMatching(/^the a took no message for a day \(it answered 500\)/)]);
  });

  test('go on after the process was killed', async () => {
    put('a', '1');
    outbox.close();
    outbox = openOutbox(join(folder, 'outbox.db'));
    const { told, look } = lanes(() => ({ type: 'taken' }));
    await look();
    expect([told, outbox.known('1'), outbox.begun]).toEqual([['a 1'], true, true]);
  });

  test('wait at the end for answers, then break off what hangs and keep it for the next start', async () => {
    put('a', '1', '2');
    const { told, look, close } = lanes(
      (_, stop) => new Promise((resolve) => stop.addEventListener('abort', () => resolve(FAILED))),
    );
    await look();
    let closed = false;
    const closing = close().then(() => {
      closed = true;
    });
    await pass(4_000);
    expect(closed).toBe(false);
    await pass(1_000);
    await closing;
    expect([told, outbox.heads()]).toEqual([[], [{ endpoint: 'a', tries: 0, due: expect.any(Number) }]]);
  });
});
