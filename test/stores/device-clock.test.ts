import { createServer, type ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { signEvent } from '../../src/log/event.ts';
import { KIND, type SignedEvent } from '../../src/model/event.ts';
import { $clockOffset, followDeviceClock } from '../../src/stores/device-clock.ts';

const NOW = Date.parse('2026-11-23T03:12:00Z');
const HOUR_MS = 3_600_000;

/** The site's host, which says any time that a test wants; and this device. */
let origin = '';
let answer: (response: ServerResponse) => void;
let answers: Promise<Response>[];
let close = () => {};
let stop = () => {};
let timers: { readonly ms: number; readonly task: () => void }[];
let hear: (added: readonly SignedEvent[]) => void;

beforeEach(async () => {
  answers = [];
  timers = [];
  $clockOffset.set(null);
  const server = createServer((_, response) => answer(response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  origin = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  close = () => {
    server.close();
    server.closeAllConnections();
  };
});
afterEach(() => {
  stop();
  close();
});

const saying =
  (at: number, headers: Record<string, string> = {}) =>
  (response: ServerResponse) =>
    void response.writeHead(200, { Date: new Date(at).toUTCString(), ...headers }).end();

function follow(now = NOW): void {
  const platform = {
    now: () => now,
    fetch: (...asking: Parameters<typeof fetch>) => {
      const answered = fetch(...asking);
      answers.push(answered);
      return answered;
    },
    after: (ms: number, task: () => void) => {
      const timer = { ms, task };
      timers.push(timer);
      return () => {
        timers = timers.filter((one) => one !== timer);
      };
    },
  };
  const log = {
    onEvents: (listener: (added: readonly SignedEvent[]) => void) => {
      hear = listener;
      return () => (hear = () => {});
    },
  };
  stop = followDeviceClock(log, platform, origin);
}

/** A pulse that the signer `n` says was made at `at`. */
function pulse(n: number, at: number, kind: number = KIND.pulse): SignedEvent {
  const template = { kind, created_at: Math.floor(at / 1000), tags: [['d', `place-${n}`]], content: '' };
  return signEvent(template, new Uint8Array(32).fill(n));
}

describe('the clock of this device', () => {
  test('is held against the host\u2019s, with the time that an answer lay in a cache', async () => {
    answer = saying(NOW - HOUR_MS);
    follow();
    await expect.poll(() => $clockOffset.get()).toBe(HOUR_MS);
    answer = saying(NOW - HOUR_MS, { Age: '3600' });
    timers[0]?.task();
    await expect.poll(() => $clockOffset.get()).toBe(0);
  });

  test('is asked for again after five minutes, also where the host did not answer', async () => {
    answer = (response) => response.destroy();
    follow();
    await expect.poll(() => timers.map(({ ms }) => ms)).toEqual([300_000]);
    expect($clockOffset.get()).toBeNull();
    answer = saying(NOW + HOUR_MS);
    timers[0]?.task();
    await expect.poll(() => $clockOffset.get()).toBe(-HOUR_MS);
  });

  test('is held against what was signed just now where no host is there, never against what lay there before', async () => {
    answer = (response) => response.destroy();
    follow();
    await vi.waitFor(() => expect(timers).toHaveLength(1));
    // The first word of each may be of yesterday.
    hear([pulse(1, NOW - HOUR_MS), pulse(2, NOW - HOUR_MS)]);
    expect($clockOffset.get()).toBeNull();
    hear([pulse(1, NOW - HOUR_MS + 60_000)]);
    expect($clockOffset.get()).toBe(HOUR_MS - 60_000);
    // What is no pulse and no snapshot says nothing of now, however new.
    hear([pulse(3, NOW + HOUR_MS, KIND.public)]);
    expect($clockOffset.get()).toBe(HOUR_MS - 60_000);
  });

  test('is behind where even the first word is ahead of it', async () => {
    answer = (response) => response.destroy();
    follow();
    hear([pulse(1, NOW + HOUR_MS)]);
    expect($clockOffset.get()).toBe(-HOUR_MS);
  });

  test('is asked for no more once nobody follows it, though an answer was on its way', async () => {
    let late: ServerResponse | undefined;
    answer = (response) => {
      late = response;
    };
    follow();
    await vi.waitFor(() => expect(late).toBeDefined());
    stop();
    if (late !== undefined) saying(NOW - HOUR_MS)(late);
    hear([pulse(1, NOW + HOUR_MS)]);
    await Promise.all(answers);
    // Whoever waited for the answer has had his turn then.
    await new Promise((resolve) => setImmediate(resolve));
    expect([$clockOffset.get(), timers]).toEqual([null, []]);
  });
});
