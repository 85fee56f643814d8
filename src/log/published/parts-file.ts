import { API } from '../../model/api.ts';
import { recordsIn } from '../../model/public-record.ts';
import type { PublicState } from '../../model/snapshot.ts';
import { sha256, text } from './texts.ts';

/**
 * parts.json: every other data file, by its path from the site's root, to its SHA-256 (hex); its own hash stands in the
 * snapshot. The own files of what the snapshot does not show are left to the lists of their months, which are named here: so
 * it stays small however long the record grows.
 */
export function partsFile(
  files: ReadonlyMap<string, string>,
  state: PublicState,
  hashOf: (path: string, data: string) => string = (_, data) => sha256(data),
): string {
  const shown = new Set(recordsIn(state).map(({ code }) => `${OWN_FILES}${code}.json`));
  const named = [...files].filter(([path]) => !path.startsWith(OWN_FILES) || shown.has(path));
  return text(Object.fromEntries(named.map(([path, data]) => [`/${path}`, hashOf(path, data)])));
}

const OWN_FILES = `${API}/incidents/`;
