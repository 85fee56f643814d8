// Loaded when a page needs more than its snapshot: published data files, each believed only by its hash.

import { partPath } from '../log/published/part-path.ts';
import { API } from '../model/api.ts';
import { ask } from './ask.ts';
import { hedge } from './hedge.ts';
import type { HeldCopy } from './held-copy.ts';
import { type HeldPart, keepPart, readPart } from './keep.ts';
import { sha256Hex } from './verifier.ts';

const LIST = `/${API}/parts.json`;

/** A snapshot, and the root key of the site that it is of. */
export type Vouching = Pick<HeldCopy, 'root' | 'snapshot'>;

/** The files that a signed snapshot vouches for. */
export interface Parts {
  readonly root: string;
  /** When that snapshot was signed. */
  readonly as_of: string;
  /** SHA-256 (hex) that parts.json names for `path`; undefined where it names none. */
  hashOf(path: string): string | undefined;
  /** The file that hashes so: from this device, else from the hosts, and then kept. Null where nobody has it. */
  read(path: string, hash?: string): Promise<string | null>;
}

/**
 * The parts of the snapshot, from any of `hosts` (origins); none given: from this device alone. Null where the list of them
 * cannot be had.
 */
export async function openParts({ root, snapshot }: Vouching, hosts: readonly string[]): Promise<Parts | null> {
  const { parts: listHash, generated_at: as_of } = snapshot;
  const mark = { root, as_of };
  // A device without a database must not fetch the same file twice.
  const fetched = new Map<string, string>();
  const get = async (path: string, hash: string) => {
    const text = fetched.get(hash) ?? (await held(path, hash, mark)) ?? (await obtain(path, hash, mark, hosts));
    if (text !== null) fetched.set(hash, text);
    return text;
  };
  const hashes = parsed<Readonly<Record<string, string>>>(await get(LIST, listHash));
  if (hashes === null) return null;
  return {
    root,
    as_of,
    hashOf: (path) => hashes[path],
    read: async (path, hash = hashes[path]) => (hash === undefined ? null : get(path, hash)),
  };
}

/** The file as this device last checked and kept it, whichever snapshot of this `root` vouched for it; null where it never did. */
export async function heldPart(root: string, path: string): Promise<HeldPart | null> {
  const part = await readPart(path);
  return part?.root === root ? part : null;
}

/** JSON of a file that was checked; null of none. */
export function parsed<Value>(text: string | null): Value | null {
  try {
    return text === null ? null : (JSON.parse(text) as Value);
  } catch {
    return null; // Not JSON: nothing of ours.
  }
}

/** Which snapshot vouches for a file. */
type Mark = Required<Pick<HeldPart, 'root' | 'as_of'>>;

async function held(path: string, hash: string, mark: Mark): Promise<string | null> {
  const part = await readPart(path);
  if (part?.hash !== hash) return null;
  if (part.root !== mark.root || part.as_of < mark.as_of) await keepPart(path, { ...part, ...mark });
  return part.text;
}

async function obtain(path: string, hash: string, mark: Mark, hosts: readonly string[]): Promise<string | null> {
  let text: string | null = null;
  await hedge(hosts, async (host) => {
    // Under its own hash it lies still while the publisher writes the next; other hosts carry the plain path alone.
    for (const address of [`/${partPath(path, hash)}`, path]) {
      const answer = await ask(host + address);
      if (answer.type === 'unreachable') return false;
      if (answer.type === 'foreign' || (await sha256Hex(answer.text)) !== hash) continue;
      text ??= answer.text;
      return true;
    }
    return false;
  });
  if (text !== null) await keepPart(path, { hash, text, ...mark });
  return text;
}
