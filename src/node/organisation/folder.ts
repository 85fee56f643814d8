import { constants } from 'node:fs';
import { access, chmod, mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { hexToBytes } from '@noble/hashes/utils.js';
import { PlainError } from '../plain-error.ts';
import { unreadable } from '../unreadable.ts';

/** The keys that `lifeboat init` makes for this machine: one a role, each in a file only its owner may read. */
export type KeyName = 'device' | 'watcher' | 'publisher';

/** What organisation.json says; nothing in it is secret. */
export interface Organisation {
  readonly v: 1;
  readonly name: string;
  /** Public root key, 64 hex digits: what `--org` takes. */
  readonly root: string;
  /** Recovery recipient (age1…) of the vault. */
  readonly recovery: string;
}

/**
 * Makes `dir` if it is missing, its owner's alone, or with the rights of `mode`; a PlainError when it cannot be made or written,
 * which names the `option` that it was given with. Gives back its absolute path.
 */
export async function writableFolder(dir: string, { mode = 0o700, option = 'dir' } = {}): Promise<string> {
  const path = resolve(dir);
  try {
    await makeFolder(path, mode);
    await access(path, constants.W_OK);
    return path;
  } catch (error) {
    const reason = reasonOf(error) === 'EEXIST' ? 'it is a file' : reasonOf(error);
    throw new PlainError(`The folder ${path} cannot be written (${reason}); choose another with --${option}.`);
  }
}

/** One level at a time: Node's own recursive mkdir never ends below /proc (Node 24.21). */
async function makeFolder(path: string, mode: number): Promise<void> {
  const make = async () => {
    await mkdir(path, { mode });
    await chmod(path, mode); // The umask may have taken some away.
  };
  try {
    await make();
  } catch (error) {
    if (reasonOf(error) === 'EEXIST' && (await stat(path)).isDirectory()) return;
    if (reasonOf(error) !== 'ENOENT' || dirname(path) === path) throw error;
    await makeFolder(dirname(path), mode);
    await make();
  }
}

/** The organisation in `dir`, or undefined where none was made yet. */
export async function findOrganisation(dir: string): Promise<Organisation | undefined> {
  const path = join(dir, 'organisation.json');
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw new PlainError(unreadable(path, error));
  });
  return text === undefined ? undefined : parseOrganisation(text, path);
}

/** The organisation in `dir`; a PlainError where there is none. */
export async function readOrganisation(dir: string): Promise<Organisation> {
  const found = await findOrganisation(dir);
  if (found !== undefined) return found;
  throw new PlainError(
    `There is no organisation in ${resolve(dir)}; make one with "lifeboat init --dir ${dir} --name <name>".`,
  );
}

function parseOrganisation(text: string, path: string): Organisation {
  try {
    const value = JSON.parse(text) as Organisation;
    if (value.v === 1 && /^[0-9a-f]{64}$/.test(value.root) && value.recovery.startsWith('age1')) return value;
  } catch {
    // The sentence below says what any damage means to a person.
  }
  throw new PlainError(`${path} is damaged; restore it from a copy (it holds no secret).`);
}

/** Secret key called `name` in `dir`, 32 bytes; undefined where there is none, a PlainError when it is damaged. */
export async function findKey(dir: string, name: KeyName): Promise<Uint8Array | undefined> {
  const path = join(dir, `${name}.key`);
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw new PlainError(unreadable(`The key ${path}`, error));
  });
  if (text === undefined) return undefined;
  if (!/^[0-9a-f]{64}\s*$/.test(text)) throw new PlainError(`The key ${path} is damaged; it must be 64 hex digits.`);
  return hexToBytes(text.trim());
}

/** Secret key called `name` in `dir`, 32 bytes; a PlainError when it is missing or damaged. */
export async function readKey(dir: string, name: KeyName): Promise<Uint8Array> {
  const found = await findKey(dir, name);
  if (found !== undefined) return found;
  throw new PlainError(`There is no key ${join(dir, `${name}.key`)}; give the folder that holds it with --dir.`);
}

/** Writes a file whole or not at all; `secret` files are readable by their owner only. */
export async function writeWhole(path: string, text: string, secret = false): Promise<void> {
  const half = `${path}.new`;
  await writeFile(half, text, { mode: secret ? 0o600 : 0o644, flush: true });
  await rename(half, path);
}

function reasonOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? String(error);
}
