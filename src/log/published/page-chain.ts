import { chainPosition, KIND, type SignedEvent } from '../../model/event.ts';
import type { PageBody } from '../../model/public-content.ts';
import { publicContentOf } from '../../model/public-event.ts';

/** What the last `page` event of one publisher says: its chain of these is the history of the page. */
export function lastPage(events: readonly SignedEvent[], publisher: string): PageBody | undefined {
  const pages = events.flatMap((event) => {
    const content = event.kind === KIND.public && event.pubkey === publisher ? publicContentOf(event) : undefined;
    const body = content?.type === 'page' ? content.body : undefined;
    return isPage(body) ? [{ s: chainPosition(event) ?? 0, body }] : [];
  });
  return pages.sort((a, b) => b.body.seq - a.body.seq || b.s - a.s)[0]?.body;
}

function isPage(body: unknown): body is PageBody {
  if (typeof body !== 'object' || body === null) return false;
  const { seq, state_sha256 } = body as { seq?: unknown; state_sha256?: unknown };
  return typeof seq === 'number' && typeof state_sha256 === 'string';
}
