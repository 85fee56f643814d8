import { sha256, text } from './texts.ts';

/** parts.json: every other data file, by its path from the site's root, to its SHA-256 (hex); its own hash stands in the snapshot. */
export function partsFile(files: ReadonlyMap<string, string>): string {
  return text(Object.fromEntries([...files].map(([path, data]) => [`/${path}`, sha256(data)])));
}
