import lighthouse from 'lighthouse';
import type { Figure } from '../measurement.ts';
import { launch } from './browser.ts';

const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'] as const;
const FLOOR = 95;
/** Every kind of page that a reader opens. */
const PATHS = ['', 'incidents/open00000001/', 'history/', 'subscribe/', 'verify/'];

/** One visit's score varies by some points with what else the machine does: the middle of so many counts. */
const VISITS = 3;

/** What Lighthouse gives each page of the site at `url`, of 100; on its own simulated telephone and slow network. */
export async function judged(url: string, say: (sentence: string) => void): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  for (const path of PATHS) {
    const visits = [];
    for (let visit = 0; visit < VISITS; visit += 1) visits.push(await judge(new URL(path, url).href));
    for (const category of CATEGORIES) {
      const scores = visits.map((one) => one[category]).toSorted((a, b) => a - b);
      const value = scores[Math.floor(VISITS / 2)] ?? Number.NaN;
      figures.push({ name: `Lighthouse, /${path}: ${category}`, value, unit: '', floor: { atLeast: FLOOR } });
      say(`/${path} ${category}: ${scores.join(', ')}`);
    }
  }
  return figures;
}

async function judge(url: string): Promise<Readonly<Record<(typeof CATEGORIES)[number], number>>> {
  const browser = await launch();
  try {
    const quiet = { output: 'json', logLevel: 'error' } as const;
    const result = await lighthouse(url, { port: browser.port, onlyCategories: [...CATEGORIES], ...quiet });
    // A visit that it could not judge counts as the worst.
    const score = (category: string) => Math.round((result?.lhr.categories[category]?.score ?? 0) * 100);
    return {
      performance: score('performance'),
      accessibility: score('accessibility'),
      'best-practices': score('best-practices'),
      seo: score('seo'),
    };
  } finally {
    await browser.close();
  }
}
