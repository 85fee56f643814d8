import type { Parts } from './check-parts.ts';
import { Fault } from './fault.ts';
import { type Inputs, type ReadFile, Unread } from './inputs.ts';
import { API, sha256, textOf } from './texts.ts';

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
 * many were compared. @throws Fault, Unread
 */
export async function checkFiles({ inputs, read, parts, record, whole, onProgress }: Files): Promise<number> {
  const isRead = (path: string) => whole || parts[`/${path}`] !== undefined || !path.startsWith(`${API}/incidents/`);
  const named = Object.keys(parts).map((path) => path.slice(1));
  const paths = [...[...record.keys()].filter(isRead), ...named.filter((path) => !record.has(path))];
  for (let from = 0; from < paths.length; from += AT_ONCE) {
    onProgress(from, paths.length);
    const faults = await Promise.all(paths.slice(from, from + AT_ONCE).map(judge));
    for (const fault of faults) if (fault !== null) throw fault;
  }
  return paths.length;

  async function judge(path: string): Promise<Fault | Unread | null> {
    const bytes = inputs.has(path) ? inputs.get(path) : await read(path);
    if (bytes === undefined) return new Fault(path, 'missing');
    if (bytes instanceof Unread) return bytes;
    const expected = record.get(path);
    if (expected !== undefined) return textOf(bytes) === expected ? null : new Fault(path, 'not_from_log');
    return sha256(bytes) === parts[`/${path}`] ? null : new Fault(path, 'part_hash');
  }
}
