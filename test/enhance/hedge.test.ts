import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { hedge } from '../../src/enhance/hedge.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const never = () => new Promise<boolean>(() => {});

/** Attempts by name; `begun` lists them as they are begun. */
function attempts(how: Readonly<Record<string, () => Promise<boolean>>>) {
  const begun: string[] = [];
  const ended = hedge(Object.keys(how), (name) => {
    begun.push(name);
    return how[name]?.() ?? Promise.resolve(false);
  });
  return { begun, ended };
}

describe('asking one place after another', () => {
  test('stops at the first that is good', async () => {
    const { begun, ended } = attempts({ origin: async () => true, mirror: never });
    await ended;
    expect(begun).toEqual(['origin']);
  });

  test('goes on at once where one failed or threw', async () => {
    const failed = () => Promise.reject(new Error('refused'));
    const { begun, ended } = attempts({ origin: async () => false, mirror: failed, relay: async () => true });
    await ended;
    expect(begun).toEqual(['origin', 'mirror', 'relay']);
  });

  test('does not wait for a slow one, and asks no further once any was good', async () => {
    const { begun } = attempts({ origin: never, mirror: async () => true, relay: never });
    await vi.advanceTimersByTimeAsync(790);
    expect(begun).toEqual(['origin']);
    await vi.advanceTimersByTimeAsync(20);
    expect(begun).toEqual(['origin', 'mirror']);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(begun).toEqual(['origin', 'mirror']);
  });

  test('has asked all within two seconds, however many are frozen', async () => {
    const { begun } = attempts(Object.fromEntries(Array.from({ length: 9 }, (_, n) => [`place ${n}`, never])));
    await vi.advanceTimersByTimeAsync(2_050);
    expect(begun).toHaveLength(9);
  });

  test('ends when all that were begun have ended', async () => {
    let finish = (_: boolean) => {};
    const slow = () => new Promise<boolean>((resolve) => (finish = resolve));
    const { ended } = attempts({ origin: slow, mirror: async () => true });
    const done = vi.fn();
    void ended.then(done);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(done).not.toHaveBeenCalled();
    finish(false);
    await ended;
    await hedge([], never);
  });
});
