import type { Log } from '../../log/log.ts';
import { claimsHash } from '../../log/published/claims.ts';
import { partsFile } from '../../log/published/parts-file.ts';
import type { logText } from '../../log/published/record-files.ts';
import { API } from '../../model/api.ts';
import type { SignedEvent } from '../../model/event.ts';
import { fitState } from '../../model/fit.ts';
import type { Folded } from '../../model/folded.ts';
import type { PageBody } from '../../model/public-content.ts';
import type { Site } from '../../model/site.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import type { Assembly } from './assemble.ts';
import { dataFiles } from './files.ts';
import type { Moment } from './folding.ts';
import { frontPage, type Page, recordPages } from './pages.ts';
import { announceSnapshot, nextClaims } from './sign.ts';
import { type SiteFile, siteFile } from './site-file.ts';

/** All that one round publishes, before any of it is written. */
export interface Round {
  readonly snapshot: Snapshot;
  /** The signed snapshot. */
  readonly event: SignedEvent;
  /** Data files but for the two that follow. */
  readonly files: readonly SiteFile[];
  /** parts.json. */
  readonly parts: SiteFile;
  readonly pages: readonly Page[];
  readonly front: Page;
}

interface RoundInputs extends Moment {
  readonly site: Site;
  readonly log: Log;
  readonly assembly: Assembly;
  readonly folded: Folded;
  readonly fileOf: typeof siteFile;
  readonly logOf: typeof logText;
  /** The own snapshot before this one, also one that was never written; null before the first. */
  readonly last: Snapshot | null;
}

/** Signs what `folded` says, in a `page` event where that is new and in a snapshot always, and makes every file that follows. */
export async function makeRound(inputs: RoundInputs): Promise<Round> {
  const { site, log, assembly, folded, events, roster, fileOf, logOf, last, now } = inputs;
  const state = fitState(folded.state);
  const hash = claimsHash(state);
  const changed = last === null || claimsHash(last.state) !== hash;
  const claims = nextClaims(site, state, last?.seq ?? 0, now);
  const page: PageBody = { seq: claims.seq, state_sha256: hash };
  // What came in meanwhile is not in this state, so it has no place in the log beside it.
  const published = changed ? [...events, await log.writePublic('page', page)] : events;
  const texts = dataFiles({ site, roster, folded, claims, events: published, logOf });
  const files = [...texts].map(([path, data]) => fileOf(path, data));
  const parts = siteFile(
    `${API}/parts.json`,
    partsFile(texts, state, (path, data) => fileOf(path, data).sha256),
  );
  const snapshot: Snapshot = { ...claims, parts: parts.sha256 };
  const event = await announceSnapshot(log, snapshot);
  const drawing = { assembly, snapshot, folded, files: texts, host: hostOf(site) };
  return { snapshot, event, files, parts, pages: recordPages(drawing), front: frontPage(drawing) };
}

function hostOf(site: Site): string {
  return site.url === null ? site.name : new URL(site.url).host;
}
