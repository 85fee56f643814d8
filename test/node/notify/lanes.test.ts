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
});
afterEach(() => {
  outbox.close();
  rmSync(folder, { recursive: true, force: true });
});

function put(endpoint: string, ...bodies: readonly string[]): void {
  for (const body of bodies) outbox.remember([body], [{ key: body, bodies: new Map([[endpoint, body]]) }], {}, now);
}

function lanes(answer: (delivery: Delivery) => Taken) {
  const told: string[] = [];
  const troubles: string[] = [];
  const tell = (delivery: Delivery) => {
    const taken = answer(delivery);
    if (taken.type === 'taken') told.push(`${delivery.endpoint} ${delivery.body}`);
    return Promise.resolve(taken);
  };
  const { run } = createLanes({ outbox, tell, now: () => now, onTrouble: (sentence) => void troubles.push(sentence) });
  return { told, troubles, run };
}

describe('the lanes', () => {
  test('tell each endpoint everything in order', async () => {
    put('a', '1', '2', '3');
    put('b', '4');
    const { told, run } = lanes(() => ({ type: 'taken' }));
    expect(await run()).toBeNull();
    expect(told.filter((one) => one.startsWith('a'))).toEqual(['a 1', 'a 2', 'a 3']);
    expect(told).toContain('b 4');
  });

  test('let an endpoint that fails wait, longer each time, and no other', async () => {
    put('a', '1', '2');
    put('b', '3');
    let works = false;
    const { told, run } = lanes(({ endpoint }) =>
      endpoint === 'a' && !works ? { type: 'failed', why: 'it answered 500' } : { type: 'taken' },
    );
    expect(await run()).toBe(now + pauseAfter(0));
    expect(told).toEqual(['b 3']);
    now += pauseAfter(0);
    expect(await run()).toBe(now + pauseAfter(1));
    works = true;
    now += pauseAfter(1);
    expect(await run()).toBeNull();
    expect(told).toEqual(['b 3', 'a 1', 'a 2']);
  });

  test('forget an endpoint that is gone, with all that it was to be told', async () => {
    put('a', '1', '2');
    const { run } = lanes(() => ({ type: 'gone' }));
    expect(await run()).toBeNull();
    expect(outbox.heads()).toEqual([]);
  });

  test('give a message up after a day, say so, and go on with the next', async () => {
    put('a', '1', '2');
    const { told, troubles, run } = lanes(({ body }) =>
      body === '1' ? { type: 'failed', why: 'it answered 500' } : { type: 'taken' },
    );
    await run();
    now += 25 * 3_600_000;
    await run();
    expect(told).toEqual(['a 2']);
    expect(troubles).toMatchObject([expect.stringContaining('it answered 500')]);
  });

  test('go on after the process was killed', async () => {
    put('a', '1');
    outbox.close();
    outbox = openOutbox(join(folder, 'outbox.db'));
    const { told, run } = lanes(() => ({ type: 'taken' }));
    await run();
    expect([told, outbox.known('1'), outbox.begun]).toEqual([['a 1'], true, true]);
  });
});
