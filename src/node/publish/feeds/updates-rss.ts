import type { PageFacts } from '../page-facts.ts';
import { rfc822 } from '../printed-time.ts';
import { wordsOf } from '../words.ts';
import { html } from './history-entries.ts';
import type { UpdateItem } from './update-items.ts';
import { xmlText } from './xml.ts';

/** /updates.rss, one item a signed statement: a reader that tells of each item once tells of every update. */
export function updatesRss(facts: PageFacts, items: readonly UpdateItem[]): string {
  const { url, name, language, zone, founded } = facts;
  return `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom">
  <channel>
    <title>${xmlText(name)} - ${wordsOf(language).updates}</title>
    <link>${xmlText(url)}</link>
    <atom:link rel="self" type="application/rss+xml" href="${xmlText(url)}/updates.rss"/>
    <description>${xmlText(name)} - ${wordsOf(language).updates}</description>
    <language>${language}</language>
    <pubDate>${rfc822(items[0]?.at ?? founded, zone)}</pubDate>
${items.map((item) => rssItem(item, zone)).join('')}  </channel>
</rss>
`;
}

function rssItem({ id, title, text, link, at }: UpdateItem, zone: string): string {
  return `    <item>
      <title>${xmlText(title)}</title>
      <description>${xmlText(html(text))}</description>
      <pubDate>${rfc822(at, zone)}</pubDate>
      <link>${xmlText(link)}</link>
      <guid isPermaLink="false">${id}</guid>
    </item>
`;
}
