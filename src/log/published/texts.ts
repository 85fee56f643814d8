import { sha256 as hash } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { canonical, type Json } from '../../model/canonical.ts';

/** All rosters and public events. */
export const LOG_FILE = 'log/public.jsonl';

/** Canonical JSON (RFC 8785) of a value of ours: our readonly types are JSON, which the compiler cannot see. */
export function text(value: unknown): string {
  return canonical(value as Json);
}

/** SHA-256 (hex) of text as UTF-8, or of bytes. */
export function sha256(data: string | Uint8Array): string {
  return bytesToHex(hash(typeof data === 'string' ? utf8ToBytes(data) : data));
}

/** The text that `bytes` are in UTF-8, to the byte; undefined where they are none. */
export function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined; // Other bytes than text: nothing that we publish.
  }
}

/** Whether this is a path inside the site: a slash in front, no scheme, no host, no way up. */
export function isSitePath(path: string): boolean {
  return /^(?!.*\/\.\.?(?:\/|$))\/(?!\/)[\w./~-]*$/.test(path);
}
