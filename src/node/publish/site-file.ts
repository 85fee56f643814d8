import { sha256 } from './fast-sha256.ts';

/** A published file: its path in the folder, its text and the SHA-256 (hex) of that. */
export interface SiteFile {
  readonly path: string;
  readonly text: string;
  readonly sha256: string;
}

export function siteFile(path: string, text: string): SiteFile {
  return { path, text, sha256: sha256(text) };
}

/** `siteFile` for one who makes the same files round after round: the same text in the same place is hashed once. */
export function createFileMemory(): typeof siteFile {
  const known = new Map<string, SiteFile>();
  return (path, text) => {
    const before = known.get(path);
    if (before?.text === text) return before;
    const file = siteFile(path, text);
    known.set(path, file);
    return file;
  };
}
