import { PARTS_FILE } from './check-parts.ts';
import { SNAPSHOT_FILE } from './check-snapshot.ts';
import { Fault } from './fault.ts';
import type { ReadFile } from './read-file.ts';
import { EVIDENCE_FILE } from './record-files.ts';
import { LOG_FILE, sha256 } from './texts.ts';
import { Unread } from './unread.ts';
import { hashNamed, vouchedInstead } from './vouched.ts';

const FILES = [LOG_FILE, SNAPSHOT_FILE, PARTS_FILE, EVIDENCE_FILE];

/** The files that the whole record follows from. */
export interface Inputs {
  readonly files: ReadonlyMap<string, Uint8Array | Unread | undefined>;
  /** Of these, under their plain names lie those of another round; in `files` are the ones that the snapshot names. */
  readonly ofOtherRound: readonly string[];
}

/** All at once, before anything is checked: what is fetched later may be of a later round of the publisher's. */
export async function readInputs(read: ReadFile): Promise<Inputs> {
  const files = new Map(await Promise.all(FILES.map(async (path) => [path, await orUnread(read(path))] as const)));
  const ofOtherRound: string[] = [];
  // The list first: it names the others.
  for (const path of [PARTS_FILE, LOG_FILE, EVIDENCE_FILE]) {
    const [found, named] = [files.get(path), hashNamed(files, path)];
    if (!(found instanceof Uint8Array) || named === undefined || sha256(found) === named) continue;
    const vouched = await orUnread(vouchedInstead(path, found, named, read));
    if (!(vouched instanceof Uint8Array)) continue;
    files.set(path, vouched);
    ofOtherRound.push(path);
  }
  return { files, ofOtherRound };
}

/** Whether another snapshot lies there now than among `inputs`. */
export async function isRewritten({ files }: Inputs, read: ReadFile): Promise<boolean> {
  const [before, after] = [files.get(SNAPSHOT_FILE), await orUnread(read(SNAPSHOT_FILE))];
  if (!(before instanceof Uint8Array && after instanceof Uint8Array)) return false;
  return before.length !== after.length || before.some((byte, at) => byte !== after[at]);
}

/** @throws Fault where it is missing, Unread where it could not be had */
export function inputOf({ files }: Inputs, path: string): Uint8Array {
  const file = files.get(path);
  if (file === undefined) throw new Fault(path, 'missing');
  if (file instanceof Unread) throw file;
  return file;
}

async function orUnread(reading: Promise<Uint8Array | undefined>): Promise<Uint8Array | Unread | undefined> {
  return reading.catch((error: unknown) => {
    if (error instanceof Unread) return error;
    throw error;
  });
}
