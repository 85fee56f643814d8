import type { PageFacts } from '../page-facts.ts';
import { rfc3339 } from '../printed-time.ts';
import type { HistoryEntry } from './history-entries.ts';
import { xmlText } from './xml.ts';

/** /history.atom, one entry an incident, as Statuspage writes it. */
export function historyAtom(facts: PageFacts, entries: readonly HistoryEntry[]): string {
  const { host, url, name, language, zone, founded } = facts;
  const updated = entries
    .map((entry) => entry.updated)
    .reduce((a, b) => (Date.parse(a) > Date.parse(b) ? a : b), founded);
  return `<?xml version="1.0" encoding="UTF-8"?>
<feed xml:lang="${language === 'en' ? 'en-US' : language}" xmlns="http://www.w3.org/2005/Atom">
  <id>tag:${host},2005:/history</id>
  <link rel="alternate" type="text/html" href="${xmlText(url)}"/>
  <link rel="self" type="application/atom+xml" href="${xmlText(url)}/history.atom"/>
  <title>${xmlText(name)} Status - Incident History</title>
  <updated>${rfc3339(updated, zone)}</updated>
  <author>
    <name>${xmlText(name)}</name>
  </author>
${entries.map((entry) => atomEntry(facts, entry)).join('')}</feed>
`;
}

function atomEntry({ host, zone }: PageFacts, { number, name, link, published, updated, html }: HistoryEntry): string {
  return `  <entry>
    <id>tag:${host},2005:Incident/${number}</id>
    <published>${rfc3339(published, zone)}</published>
    <updated>${rfc3339(updated, zone)}</updated>
    <link rel="alternate" type="text/html" href="${xmlText(link)}"/>
    <title>${xmlText(name)}</title>
    <content type="html">${xmlText(html)}</content>
  </entry>
`;
}
