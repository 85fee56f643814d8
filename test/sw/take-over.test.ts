import { describe, expect, test, vi } from 'vitest';
import { mayTakeOver } from '../../src/sw/take-over.ts';

const ORIGIN = 'https://status.example';

/** A window that answers with `word`; null: it never does, as a frozen tab. */
function open(path: string, word: boolean | null) {
  const postMessage = vi.fn((_message: unknown, [port]: Transferable[]) => {
    if (word !== null && port instanceof MessagePort) port.postMessage(word);
  });
  return { url: ORIGIN + path, postMessage };
}

describe('a new version takes over', () => {
  test('at once where only public pages are open, without a word to them', async () => {
    const page = open('/incidents/abc123abc123/', null);
    expect(await mayTakeOver([page])).toBe(true);
    expect(page.postMessage).not.toHaveBeenCalled();
  });

  test('when every bridge says that nothing would be lost', async () => {
    expect(await mayTakeOver([open('/bridge/', true), open('/', null), open('/bridge/#/people', true)])).toBe(true);
  });

  test('not while one of them is being written in', async () => {
    expect(await mayTakeOver([open('/bridge/', true), open('/bridge/', false)])).toBe(false);
  });

  test('not while a frozen bridge gives no word', async () => {
    vi.useFakeTimers();
    const asking = mayTakeOver([open('/bridge/', null)]);
    await vi.advanceTimersByTimeAsync(2_100);
    expect(await asking).toBe(false);
    vi.useRealTimers();
  });
});
