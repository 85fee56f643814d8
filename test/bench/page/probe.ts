import type { Target } from './target.ts';

/** What the page itself measured, in milliseconds since it was asked for. */
export interface Paints {
  readonly paint: number | null;
  readonly status: number | null;
  readonly text: string | null;
  /** Length of each task of more than 50 ms. */
  readonly tasks: readonly number[];
}

export const READ_PAINTS = 'JSON.stringify(window.lifeboatBench ?? null)';

/** Source of a script that runs before anything else of the page: it looks at every frame whether the status can be read. */
export function probeSource({ selector, pattern }: Pick<Target, 'selector' | 'pattern'>): string {
  return `(${probe.toString()})(${JSON.stringify(selector)}, ${JSON.stringify(pattern)})`;
}

function probe(selector: string, pattern: string): void {
  const found = { paint: null, status: null, text: null, tasks: [] } as {
    paint: number | null;
    status: number | null;
    text: string | null;
    tasks: number[];
  };
  Object.defineProperty(window, 'lifeboatBench', { value: found });
  const expression = new RegExp(pattern, 'i');
  const observe = (type: string, take: (entry: PerformanceEntry) => void) =>
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) take(entry);
    }).observe({ type, buffered: true });
  observe('paint', (entry) => {
    if (entry.name === 'first-contentful-paint') found.paint = entry.startTime;
  });
  observe('longtask', (entry) => found.tasks.push(entry.duration));
  const look = () => {
    for (const element of document.querySelectorAll<HTMLElement>(selector)) {
      const text = element.innerText.trim();
      if (!expression.test(text) || !element.checkVisibility({ opacityProperty: true, visibilityProperty: true }))
        continue;
      found.text = text.slice(0, 60);
      // In the next frame it has been painted.
      requestAnimationFrame(() => {
        found.status = performance.now();
      });
      return;
    }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}
