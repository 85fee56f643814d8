import type { Shelf } from './shelf.ts';

/** So long after a page was opened what is drawn may still move the reader's place. */
const SETTLING_MS = 5_000;
const BY_HAND = ['wheel', 'touchstart', 'keydown', 'pointerdown'] as const;

/**
 * Brings who reloads a page, or comes back to it, to where she stood: the browser looks for the place before all is drawn. Her own
 * hand ends it, also before this was here: the page then stands elsewhere than where it `stood` when this was asked for. `shelf`
 * lasts as long as the tab.
 */
export function returnToPlace(shelf: Shelf, stood: number): void {
  const key = `lifeboat:place:${location.pathname}`;
  const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  const kept = navigation?.type === 'navigate' ? 0 : Number(shelf.getItem(key));
  addEventListener('pagehide', () => {
    try {
      shelf.setItem(key, `${Math.round(scrollY)}`);
    } catch {
      // A full storage: the browser alone looks for the place.
    }
  });
  if (kept === 0 || (scrollY !== stood && Math.round(scrollY) !== kept)) return;
  const grown = new ResizeObserver(() => {
    if (document.documentElement.scrollHeight >= kept + innerHeight) scrollTo(0, kept);
  });
  const end = () => {
    grown.disconnect();
    clearTimeout(timer);
    for (const name of BY_HAND) removeEventListener(name, end);
  };
  const timer = setTimeout(end, SETTLING_MS);
  for (const name of BY_HAND) addEventListener(name, end, { passive: true });
  grown.observe(document.body);
}
