import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CODES, sayPast } from '../../enhance/past.ts';
import { type Published, publishSite } from '../../enhance/reader.ts';

/** Every feed that is published, but for the second name of one; a reader of feeds takes the first of its kind. */
const FEEDS = ['history.atom', 'updates.rss', 'history.rss', 'feed.json', 'calendar.ics'];

let site: Published;

beforeAll(async () => {
  site = await publishSite({ url: 'https://status.example/' });
  await sayPast(site);
  await site.publisher.publishNow();
});
afterAll(() => site.close());

const head = async (path: string) => (await readFile(join(site.out, path), 'utf8')).split('</head>')[0] ?? '';

test.each([
  ['index.html', '/', 'The state of Tidewater Pay'],
  ['history/2025-11/index.html', '/history/2025-11/', 'Incidents and maintenance of Tidewater Pay, November 2025.'],
  ['history/2025-08/index.html', '/history/2025-08/', 'August 2025.'],
  [`incidents/${CODES.autumn}/index.html`, `/incidents/${CODES.autumn}/`, 'API errors: The release is gone'],
  ['subscribe/index.html', '/subscribe/', 'Feeds, calendar, API'],
  ['embed/index.html', '/', 'The state of Tidewater Pay'],
])(
  '%s names its place on the site itself and says what it is, never in which state',
  async (path, canonical, words) => {
    const html = await head(path);
    expect(html).toContain(`<link rel="canonical" href="https://status.example${canonical}">`);
    const description = /<meta name="description" content="([^"]*)">/.exec(html)?.[1];
    expect(description).toContain(words);
    expect(description).not.toContain('operational');
    const named = [...html.matchAll(/<link rel="alternate"[^>]* href="\/([^"]+)"/g)].map(([, name]) => name);
    expect(named).toEqual(FEEDS);
  },
);

test('every feed that is named is published, and offered on the page of subscriptions', async () => {
  const offered = await readFile(join(site.out, 'subscribe/index.html'), 'utf8');
  for (const name of FEEDS) {
    expect((await readFile(join(site.out, name), 'utf8')).length).toBeGreaterThan(100);
    expect(offered.split('</head>')[1]).toContain(`/${name}"`);
  }
});

test('a shell, which is no page of its own, names no place', async () => {
  expect(await head('shell/status/index.html')).not.toContain('canonical');
});
