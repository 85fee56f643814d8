import { describe, expect, test } from 'vitest';
import { isAlive } from '../../src/enhance/html-life.ts';
import { HTML, HTML_LIVES, MADE } from './html-lives.ts';

const HOUR_MS = 3_600_000;

describe('the server’s HTML, to the page’s script', () => {
  test.each(HTML_LIVES)('$says: still shown is $alive', ({ clock, open, alive }) => {
    expect(isAlive(HTML, 0, MADE + (clock + open) * 1_000, open * 1_000)).toBe(alive);
  });

  test('is over when it is over by the host’s clock, and lives no longer by a host whose clock is behind', () => {
    const opened = { now: MADE + 10_000, sinceOpened: 5_000 };
    expect(isAlive(HTML, 0, opened.now, opened.sinceOpened)).toBe(true);
    expect(isAlive(HTML, -HOUR_MS, opened.now, opened.sinceOpened)).toBe(false);
    expect(isAlive(HTML, HOUR_MS, MADE + 130_000, opened.sinceOpened)).toBe(false);
  });

  test('lives no more once it was drawn over, and never where it does not say how long', () => {
    expect(isAlive({ made: HTML.made, until: HTML.until }, 0, MADE, 0)).toBe(false);
    expect(isAlive({ seq: '7' }, 0, MADE, 0)).toBe(false);
  });
});
