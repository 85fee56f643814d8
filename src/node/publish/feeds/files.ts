import { pageFacts } from '../page-facts.ts';
import type { Published } from '../published.ts';
import { calendar } from './calendar.ts';
import { historyAtom } from './history-atom.ts';
import { historyEntries } from './history-entries.ts';
import { historyRss } from './history-rss.ts';
import { jsonFeed } from './json-feed.ts';
import { updateItems } from './update-items.ts';
import { updatesRss } from './updates-rss.ts';

/** Every feed, and the calendar; text by path. */
export function feedFiles(published: Published): ReadonlyMap<string, string> {
  const facts = pageFacts(published);
  const entries = historyEntries(facts, published);
  const items = updateItems(facts, published);
  const rss = historyRss(facts, entries);
  return new Map([
    ['history.atom', historyAtom(facts, entries)],
    ['history.rss', rss],
    // Other products have it under this name.
    ['feed.rss', rss],
    ['updates.rss', updatesRss(facts, items)],
    ['feed.json', jsonFeed(facts, items)],
    ['calendar.ics', calendar(facts, published)],
  ]);
}
