import { API } from '../../model/api.ts';
import { PARTS_FILE, type Parts } from './check-parts.ts';
import { Fault } from './fault.ts';
import type { Inputs } from './inputs.ts';
import type { ReadFile } from './read-file.ts';
import { sha256, textOf } from './texts.ts';
import { Unread } from './unread.ts';
import { vouchedInstead } from './vouched.ts';

interface Files {
  readonly inputs: Inputs;
  readonly read: ReadFile;
  readonly parts: Parts;
  /** What follows from the log and the evidence, text by path. */
  readonly record: ReadonlyMap<string, string>;
  readonly whole: boolean;
  readonly onProgress: (done: number, of: number) => void;
}

/** Files that are asked for at once. */
const AT_ONCE = 6;

/**
 * Every file of the record must be what follows, to the byte; every other that the list names must have its hash. Gives how
 * many were compared. Files of another round, which a publisher that was stopped left, are told from wrong ones.
 * @throws Fault, Unread
 */
export async function checkFiles({ inputs, read, parts, record, whole, onProgress }: Files): Promise<number> {
  const isRead = (path: string) => whole || parts[`/${path}`] !== undefined || !path.startsWith(`${API}/incidents/`);
  const named = Object.keys(parts).map((path) => path.slice(1));
  const paths = [...[...record.keys()].filter(isRead), ...named.filter((path) => !record.has(path))];
  const ofOtherRound = [...inputs.ofOtherRound];
  // Only the record lies under its hashes too; the files for others get their plain names after the list has got its own.
  const isUnfinished = ofOtherRound.includes(PARTS_FILE);
  for (let from = 0; from < paths.length; from += AT_ONCE) {
    onProgress(from, paths.length);
    const faults = await Promise.all(paths.slice(from, from + AT_ONCE).map(judge));
    for (const fault of faults) if (fault !== null) throw fault;
  }
  const [first, ...more] = ofOtherRound;
  if (first !== undefined) throw new Fault(first, 'unfinished', String(more.length));
  return paths.length;

  async function judge(path: string): Promise<Fault | Unread | null> {
    const bytes = inputs.files.has(path) ? inputs.files.get(path) : await read(path);
    if (bytes === undefined) return new Fault(path, 'missing');
    if (bytes instanceof Unread) return bytes;
    const expected = record.get(path);
    if (expected === undefined) {
      if (sha256(bytes) === parts[`/${path}`]) return null;
      if (!isUnfinished) return new Fault(path, 'part_hash');
    } else {
      if (textOf(bytes) === expected) return null;
      const vouched = await vouchedInstead(path, bytes, sha256(expected), read);
      if (vouched === undefined) return new Fault(path, 'not_from_log');
    }
    ofOtherRound.push(path);
    return null;
  }
}
