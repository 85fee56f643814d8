import { type logText, recordFiles } from '../../log/published/record-files.ts';
import type { SignedEvent } from '../../model/event.ts';
import type { Folded } from '../../model/folded.ts';
import type { Roster } from '../../model/roster.ts';
import { type Site, statedSite } from '../../model/site.ts';
import { errorBodies } from '../hosting/underscore-files.ts';
import { badge } from './badge.ts';
import { feedFiles } from './feeds/files.ts';
import type { Claims } from './sign.ts';
import { statuspageFiles } from './statuspage/files.ts';

/** What one round publishes; every data file follows from it. */
export interface Published {
  readonly site: Site;
  readonly roster: Roster;
  readonly folded: Folded;
  /** The snapshot to be signed, but for the hash of the parts. */
  readonly claims: Claims;
  /** Everything held, this round's `page` event included. */
  readonly events: readonly SignedEvent[];
  readonly logOf?: typeof logText;
}

/** Every published data file by path, but for parts.json and snapshot.json, which name these. */
export function dataFiles(published: Published): ReadonlyMap<string, string> {
  return new Map([
    ...recordFiles({ ...published, site: statedSite(published.site) }, published.logOf),
    ...statuspageFiles(published),
    ...feedFiles(published),
    ['badge.svg', badge(published)],
    ...errorBodies,
  ]);
}
