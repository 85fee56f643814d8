import type { PageFacts } from '../page-facts.ts';
import { rfc3339 } from '../printed-time.ts';
import { wordsOf } from '../words.ts';
import type { UpdateItem } from './update-items.ts';

/** /feed.json: JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/), one item a signed statement. */
export function jsonFeed({ url, name, language, zone }: PageFacts, items: readonly UpdateItem[]): string {
  return JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title: `${name} - ${wordsOf(language).updates}`,
    home_page_url: `${url}/`,
    feed_url: `${url}/feed.json`,
    language,
    authors: [{ name, url: `${url}/` }],
    items: items.map(({ id, title, text, lang, link, at }) => ({
      id,
      url: link,
      title: title.toWellFormed(),
      content_text: text.toWellFormed(),
      date_published: rfc3339(at, zone),
      ...(lang === null ? {} : { language: lang }),
    })),
  });
}
