import { recordFiles } from '../../log/published/record-files.ts';
import { statedSite } from '../../model/site.ts';
import { errorBodies } from '../hosting/underscore-files.ts';
import { badge } from './badge.ts';
import { feedFiles } from './feeds/files.ts';
import type { Published } from './published.ts';
import { statuspageFiles } from './statuspage/files.ts';

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
