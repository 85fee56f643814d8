import { createHash } from 'node:crypto';
import { canonical, type Json } from '../../model/canonical.ts';

export const API = 'api/lifeboat/v1';

/** Maps every data file to its SHA-256 (hex); its own hash stands in the snapshot. */
export function partsFile(files: ReadonlyMap<string, string>): string {
  return text(Object.fromEntries([...files].map(([path, data]) => [`/${path}`, sha256(data)])));
}

export function sha256(data: string): string {
  return createHash('sha256').update(data).digest('hex');
}

/** Canonical JSON of a value of ours: our readonly types are JSON, which the compiler cannot see. */
export function text(value: unknown): string {
  return canonical(value as Json);
}
