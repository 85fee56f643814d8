import { API } from '../../model/api.ts';

/** Folder of the parts by their content. */
export const PARTS_FOLDER = `${API}/parts`;

/**
 * Where a part of the record also lies, under its own SHA-256 (hex): never overwritten, written before anything names it, and
 * kept for an hour after nothing does. So whoever holds a snapshot finds all that it vouches for while the publisher writes
 * the next, and after it was killed in the middle; the plain `path` may then already hold something newer.
 */
export function partPath(path: string, sha256: string): string {
  return `${PARTS_FOLDER}/${sha256}${path.slice(path.lastIndexOf('.'))}`;
}
