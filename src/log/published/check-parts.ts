import { API } from '../../model/api.ts';
import type { PublicState, Snapshot } from '../../model/snapshot.ts';
import { Fault } from './fault.ts';
import { partsFile } from './parts-file.ts';
import { isSitePath, sha256, text, textOf } from './texts.ts';

/** SHA-256 (hex) by path, with a slash in front. */
export type Parts = Readonly<Record<string, string>>;

export const PARTS_FILE = `${API}/parts.json`;
/** Folders that hold nothing but what follows from the log. */
const RECORD_ONLY = [`/${API}/incidents/`, `/${API}/history/`, '/log/'];

/** The list of hashes that the snapshot vouches for. @throws Fault */
export function checkParts(bytes: Uint8Array, snapshot: Snapshot): Parts {
  if (sha256(bytes) !== snapshot.parts) throw new Fault(PARTS_FILE, 'parts_hash');
  const source = textOf(bytes);
  const parts = readParts(source);
  if (parts === undefined || text(parts) !== source) throw new Fault(PARTS_FILE, 'parts_form');
  const unsafe = Object.keys(parts).find((path) => !isSitePath(path));
  if (unsafe !== undefined) throw new Fault(PARTS_FILE, 'parts_path', JSON.stringify(unsafe));
  return parts;
}

function readParts(source: string | undefined): Parts | undefined {
  try {
    const value: unknown = JSON.parse(source ?? '');
    const isList = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isList && Object.values(value).every((hash) => typeof hash === 'string') ? (value as Parts) : undefined;
  } catch {
    return undefined; // No JSON; the caller says so.
  }
}

/** A file must have the hash that the list names. @throws Fault */
export function checkPart(parts: Parts, path: string, bytes: Uint8Array): void {
  if (parts[`/${path}`] === undefined) throw new Fault(PARTS_FILE, 'parts_unnamed', `/${path}`);
  if (sha256(bytes) !== parts[`/${path}`]) throw new Fault(path, 'part_hash');
}

/** The list must name what follows from the log, as it follows, and nothing that pretends to. @throws Fault */
export function checkNames(parts: Parts, files: ReadonlyMap<string, string>, state: PublicState): void {
  const expected = JSON.parse(partsFile(files, state)) as Parts;
  for (const [path, hash] of Object.entries(expected)) {
    if (parts[path] === undefined) throw new Fault(PARTS_FILE, 'parts_unnamed', path);
    if (parts[path] !== hash) throw new Fault(PARTS_FILE, 'parts_other', path);
  }
  const invented = Object.keys(parts).find(
    (path) => expected[path] === undefined && RECORD_ONLY.some((folder) => path.startsWith(folder)),
  );
  if (invented !== undefined) throw new Fault(PARTS_FILE, 'parts_other', invented);
}
