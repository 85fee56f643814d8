import type { IsoTime } from '../../model/clock.ts';
import { chainPosition, KIND, type SignedEvent } from '../../model/event.ts';
import type { PageBody } from '../../model/public-content.ts';
import { publicContentOf } from '../../model/public-event.ts';
import { counts, may, type Roster } from '../../model/roster.ts';

/** One state that a publisher showed. */
export interface ShownPage extends PageBody {
  /** Id of its `page` event. */
  readonly id: string;
  /** What the publisher's clock said. */
  readonly at: IsoTime;
}

/** The chain of one publisher's `page` events: the history of what it showed. */
export interface PageChain {
  readonly publisher: string;
  /** It may still publish. */
  readonly live: boolean;
  /** The newest first. */
  readonly pages: readonly ShownPage[];
}

/** What every publisher has shown, as far as its word counts; the one that spoke last comes first. */
export function pageChains(events: readonly SignedEvent[], roster: Roster): readonly PageChain[] {
  const authors = [...new Set(events.filter(({ kind }) => kind === KIND.public).map(({ pubkey }) => pubkey))];
  return authors
    .map((publisher) => ({
      publisher,
      live: may(roster, publisher, KIND.snapshot),
      pages: pagesOf(
        events.filter((event) => event.pubkey === publisher && counts(roster, event, 'page')),
        publisher,
      ),
    }))
    .filter(({ pages }) => pages.length > 0)
    .toSorted((a, b) => ((a.pages[0]?.at ?? '') > (b.pages[0]?.at ?? '') ? -1 : 1));
}

/** What the last `page` event of one publisher says. */
export function lastPage(events: readonly SignedEvent[], publisher: string): PageBody | undefined {
  return pagesOf(events, publisher)[0];
}

function pagesOf(events: readonly SignedEvent[], publisher: string): readonly ShownPage[] {
  const pages = events.flatMap((event) => {
    const content = event.kind === KIND.public && event.pubkey === publisher ? publicContentOf(event) : undefined;
    if (content?.type !== 'page' || !isPage(content.body)) return [];
    const { seq, state_sha256 } = content.body;
    return [{ s: chainPosition(event) ?? 0, page: { id: event.id, at: content.at, seq, state_sha256 } }];
  });
  return pages.sort((a, b) => b.page.seq - a.page.seq || b.s - a.s).map(({ page }) => page);
}

function isPage(body: unknown): body is PageBody {
  if (typeof body !== 'object' || body === null) return false;
  const { seq, state_sha256 } = body as { seq?: unknown; state_sha256?: unknown };
  return typeof seq === 'number' && typeof state_sha256 === 'string';
}
