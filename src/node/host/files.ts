import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { isText, typeOf } from '../hosting/types.ts';

export type Encoding = 'br' | 'gzip' | 'identity';

export interface HostedFile {
  readonly type: string;
  /** First 32 hex digits of the SHA-256 of the bytes. */
  readonly hash: string;
  /** When it was last written. */
  readonly modified: Date;
  readonly bodies: Readonly<Record<Encoding, Buffer>>;
}

/** Sealed files do not shrink; a large log is compressed fast rather than small. */
const SMALL_BYTES = 262_144;
const CACHE_BYTES = 64 * 1024 * 1024;

const compressBrotli = promisify(brotliCompress);
const compressGzip = promisify(gzip);

/** The files of a folder, read and compressed once for each version; undefined where there is no such file. */
export function openFiles(folder: string): (path: string) => Promise<HostedFile | undefined> {
  const cache = new Map<string, { readonly version: string; readonly file: HostedFile }>();
  let held = 0;

  function keep(path: string, version: string, file: HostedFile): void {
    held += sizeOf(file) - sizeOf(cache.get(path)?.file);
    cache.delete(path);
    cache.set(path, { version, file });
    for (const [oldest, entry] of cache) {
      if (held <= CACHE_BYTES) break;
      cache.delete(oldest);
      held -= sizeOf(entry.file);
    }
  }

  return async (path) => {
    const absolute = join(folder, path);
    const facts = await stat(absolute).catch(() => undefined);
    if (facts === undefined || !facts.isFile()) return undefined;
    // Files change by rename, so a new version has a new inode.
    const version = `${facts.ino} ${facts.size} ${facts.mtimeMs}`;
    const known = cache.get(path);
    if (known?.version === version) return known.file;
    const file = await load(absolute, facts.mtime);
    if (file !== undefined) keep(path, version, file);
    return file;
  };
}

async function load(path: string, modified: Date): Promise<HostedFile | undefined> {
  const identity = await readFile(path).catch(() => undefined);
  if (identity === undefined) return undefined;
  const type = typeOf(path);
  const hash = createHash('sha256').update(identity).digest('hex').slice(0, 32);
  if (!isText(type) || identity.length < 256) {
    return { type, hash, modified, bodies: { identity, br: identity, gzip: identity } };
  }
  const quality = identity.length > SMALL_BYTES ? 4 : 11;
  const [br, zipped] = await Promise.all([
    compressBrotli(identity, { params: { [constants.BROTLI_PARAM_QUALITY]: quality } }),
    compressGzip(identity),
  ]);
  return { type, hash, modified, bodies: { identity, br, gzip: zipped } };
}

function sizeOf(file: HostedFile | undefined): number {
  return file === undefined ? 0 : file.bodies.identity.length + file.bodies.br.length + file.bodies.gzip.length;
}
