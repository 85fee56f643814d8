import lighthouse from 'lighthouse';
import type { Figure } from '../measurement.ts';
import { launch } from './browser.ts';

const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'] as const;
const FLOOR = 95;
/** Every kind of page that a reader opens. */
const PATHS = ['', 'incidents/open00000001/', 'history/', 'subscribe/', 'verify/'];

/** What Lighthouse gives each page of the site at `url`, of 100; on its own simulated telephone and slow network. */
export async function judged(url: string, say: (sentence: string) => void): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  for (const path of PATHS) {
    const browser = await launch();
    try {
      const quiet = { output: 'json', logLevel: 'error' } as const;
      const options = { port: browser.port, onlyCategories: [...CATEGORIES], ...quiet };
      const result = await lighthouse(new URL(path, url).href, options);
      for (const category of CATEGORIES) {
        const found = result?.lhr.categories[category];
        const value = Math.round((found?.score ?? Number.NaN) * 100);
        figures.push({ name: `Lighthouse, /${path}: ${category}`, value, unit: '', floor: { atLeast: FLOOR } });
        const failed = (found?.auditRefs ?? []).flatMap(({ id, weight }) => {
          const audit = result?.lhr.audits[id];
          return weight > 0 && audit?.score !== null && (audit?.score ?? 1) < 0.9 ? [audit?.title ?? id] : [];
        });
        say(`/${path} ${category}: ${value}${failed.length === 0 ? '' : ` (${failed.join('; ')})`}`);
      }
    } finally {
      await browser.close();
    }
  }
  return figures;
}
