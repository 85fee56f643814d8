import { PARTS_FILE } from './check-parts.ts';
import { SNAPSHOT_FILE } from './check-snapshot.ts';
import { partPath } from './part-path.ts';
import type { ReadFile } from './read-file.ts';
import { sha256, textOf } from './texts.ts';

/**
 * The bytes of `path` that have the hash `named`, where under the plain name already lie those of another round: a publisher that
 * was stopped leaves it so. It writes each file under its own hash before it gives it a plain name (`partPath`), so both must lie
 * there. Undefined where they do not: then what was found is wrong.
 */
export async function vouchedInstead(
  path: string,
  found: Uint8Array,
  named: string,
  read: ReadFile,
): Promise<Uint8Array | undefined> {
  const under = async (hash: string) => {
    const bytes = await read(partPath(path, hash));
    return bytes !== undefined && sha256(bytes) === hash ? bytes : undefined;
  };
  const [vouched, own] = [await under(named), await under(sha256(found))];
  return own === undefined ? undefined : vouched;
}

/** The hash that `files` name for one of them, before anything is known to be right; undefined where none is named. */
export function hashNamed(files: ReadonlyMap<string, unknown>, path: string): string | undefined {
  const [list, key] = path === PARTS_FILE ? [snapshotIn(files), 'parts'] : [jsonIn(files.get(PARTS_FILE)), `/${path}`];
  const hash = list?.[key];
  return typeof hash === 'string' && /^[0-9a-f]{64}$/.test(hash) ? hash : undefined;
}

type Fields = Readonly<Record<string, unknown>>;

function snapshotIn(files: ReadonlyMap<string, unknown>): Fields | undefined {
  const content = jsonIn(files.get(SNAPSHOT_FILE))?.['content'];
  return typeof content === 'string' ? fieldsOf(content) : undefined;
}

function jsonIn(file: unknown): Fields | undefined {
  return file instanceof Uint8Array ? fieldsOf(textOf(file)) : undefined;
}

function fieldsOf(source: string | undefined): Fields | undefined {
  try {
    const value: unknown = JSON.parse(source ?? '');
    return typeof value === 'object' && value !== null ? (value as Fields) : undefined;
  } catch {
    return undefined; // Whoever checks it will say so.
  }
}
