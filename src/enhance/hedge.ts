/** How long the first place may take before the next one is asked too, and within how long all have been asked. */
const PATIENCE_MS = 800;
const ALL_ASKED_MS = 2_000;

/**
 * Tries one item after another: the next as soon as one failed, or has taken too long, and none once an attempt resolved to
 * true (good enough). Resolves when all that were begun have ended; a rejected attempt has failed.
 */
export function hedge<Item>(items: readonly Item[], attempt: (item: Item) => Promise<boolean>): Promise<void> {
  return new Promise((resolve) => {
    let [begun, running, enough] = [0, 0, false];
    let timer: ReturnType<typeof setTimeout> | undefined;

    function next(): void {
      clearTimeout(timer);
      const item = items[begun];
      if (enough || begun === items.length) {
        if (running === 0) resolve();
        return;
      }
      timer = setTimeout(next, begun === 0 ? PATIENCE_MS : laterPatience(items.length));
      begun += 1;
      running += 1;
      // Failed or thrown: the next place is asked either way.
      const tried = attempt(item as Item).catch(() => false);
      void tried.then((good) => {
        running -= 1;
        enough ||= good;
        next();
      });
    }

    next();
  });
}

/** Many frozen places must not add up to more than a reader waits. */
function laterPatience(places: number): number {
  return Math.min(PATIENCE_MS, (ALL_ASKED_MS - PATIENCE_MS) / Math.max(1, places - 2));
}
