import type { PageFacts } from '../page-facts.ts';
import { rfc822 } from '../printed-time.ts';
import type { HistoryEntry } from './history-entries.ts';
import { xmlText } from './xml.ts';

/** /history.rss, one item an incident, as Statuspage writes it: its guid never changes, so many readers tell of it once. */
export function historyRss({ url, name, zone, founded }: PageFacts, entries: readonly HistoryEntry[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/">
  <channel>
    <title>${xmlText(name)} Status - Incident History</title>
    <link>${xmlText(url)}</link>
    <description>Statuspage</description>
    <pubDate>${rfc822(entries[0]?.published ?? founded, zone)}</pubDate>
${entries.map((entry) => rssItem(entry, zone)).join('')}  </channel>
</rss>
`;
}

function rssItem({ name, html, published, link }: HistoryEntry, zone: string): string {
  return `    <item>
      <title>${xmlText(name)}</title>
      <description>
${xmlText(html).replaceAll("'", '&apos;')}</description>
      <pubDate>${rfc822(published, zone)}</pubDate>
      <link>${xmlText(link)}</link>
      <guid>${xmlText(link)}</guid>
    </item>
`;
}
