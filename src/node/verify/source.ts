import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { PlainError } from '../plain-error.ts';
import { unreadable } from '../unreadable.ts';
import { WrongThing } from './wrong-thing.ts';

/** Files of a published site, wherever it lies. Paths are relative, with `/`. */
export interface Source {
  /** How a person finds a file of it. */
  nameOf(path: string): string;
  /** The whole file; undefined where there is none. */
  read(path: string): Promise<Uint8Array | undefined>;
  /** Names in a folder; undefined where nobody can tell. */
  list(folder: string): Promise<readonly string[] | undefined>;
}

/** Larger files are not read: none of a site comes near it. */
const MAX_BYTES = 256 * 1024 * 1024;
const DEADLINE_MS = 30_000;

export function folderSource(folder: string): Source {
  const nameOf = (path: string) => join(folder, path);
  const absent = (path: string) => (error: NodeJS.ErrnoException) => {
    if (['ENOENT', 'ENOTDIR', 'EISDIR'].includes(error.code ?? '')) return undefined;
    throw new PlainError(unreadable(nameOf(path), error));
  };
  return {
    nameOf,
    read: async (path) => {
      const found = await stat(nameOf(path)).catch(absent(path));
      if (found !== undefined && found.size > MAX_BYTES) throw tooLarge(nameOf(path));
      return found?.isFile() === true ? await readFile(nameOf(path)).catch(absent(path)) : undefined;
    },
    list: (path) => readdir(nameOf(path)).catch((error) => absent(path)(error) ?? []),
  };
}

/** `address` is the base of the site. Follows no redirect: what is checked is what that address serves. */
export function urlSource(address: URL): Source {
  const base = address.href.endsWith('/') ? address.href : `${address.href}/`;
  const nameOf = (path: string) => new URL(path, base).href;
  return {
    nameOf,
    read: async (path) => {
      const signal = AbortSignal.timeout(DEADLINE_MS);
      try {
        const answer = await fetch(nameOf(path), { redirect: 'manual', cache: 'no-store', signal });
        if (answer.status === 404 || answer.status === 410) return undefined;
        if (!answer.ok)
          throw new PlainError(
            `${nameOf(path)} cannot be read (HTTP ${answer.status}); try again later, or verify another copy.`,
          );
        return await readAll(answer, nameOf(path));
      } catch (error) {
        if (error instanceof PlainError) throw error;
        const reason = signal.aborted ? `no whole answer within ${DEADLINE_MS / 1000} s` : causeOf(error);
        throw new PlainError(`${nameOf(path)} cannot be read (${reason}); check the address, or verify another copy.`);
      }
    },
    list: async () => undefined,
  };
}

async function readAll(answer: Response, name: string): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of answer.body ?? []) {
    bytes += part.length;
    if (bytes > MAX_BYTES) throw tooLarge(name);
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function tooLarge(name: string): WrongThing {
  return new WrongThing(name, 'it is larger than 256 MiB and was not read');
}

function causeOf(error: unknown): string {
  const { cause } = error as { cause?: { code?: unknown } };
  return String(cause?.code ?? (error instanceof Error ? error.message : error));
}
