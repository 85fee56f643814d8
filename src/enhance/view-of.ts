import { isAhead } from '../model/freshness.ts';
import { statusView } from '../model/page-view.ts';
import { isSkewed, laterOf } from '../model/skew.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { Reader, View } from '../model/view.ts';
import type { CurrentCopy } from './current-copy.ts';
import type { Extras } from './extras.ts';
import type { HeldCopy } from './held-copy.ts';
import { inTime } from './in-time.ts';
import type { PageAddress } from './page-facts.ts';

/** What a page shows of a snapshot, with what it has beside it. */
export type ViewOf = (snapshot: Snapshot, reader: Reader, extras: Extras) => View;

/** The view of the page at this address; the front page's is in the entry itself. Rejects where that part cannot be had in time. */
export async function viewAt({ family, code, month }: PageAddress): Promise<ViewOf> {
  if (family === 'history') {
    const { historyView } = await inTime(import('../model/history-view.ts'));
    return (snapshot, reader, { history }) => historyView(snapshot, reader, month, history);
  }
  if (family === 'embed') return (await inTime(import('../model/embed-view.ts'))).embedView;
  if (code === null) return statusView;
  const { recordView } = await inTime(import('../model/record-view.ts'));
  return (snapshot, reader, { record }) => recordView(snapshot, reader, code, record);
}

/**
 * The reader's side of `copy`, the one that is shown; `now` is the device's clock, in Unix ms. Where a host's clock says that it
 * is later the host's is believed, and when a copy came by the device's own is not told; but nothing gets fresher by it.
 */
export function readerOf(
  { source, trouble, offset, disagreement }: CurrentCopy,
  { host, received_at, snapshot }: HeldCopy,
  now: number,
): Omit<Reader, 'timeZone'> {
  const later = laterOf(now, offset);
  return {
    now: isAhead(snapshot.generated_at, now) ? now : later,
    ticking: true,
    copy: {
      source,
      host: source === 'device' ? null : host,
      received_at: later > now ? null : received_at,
      verified: true,
    },
    trouble,
    skew: isSkewed(offset) ? offset : null,
    disagreement,
  };
}
