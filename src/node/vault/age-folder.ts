import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { sealFile } from '../../vault/age-file.ts';
import { hashOf } from '../../vault/manifest.ts';
import { PlainError } from '../plain-error.ts';
import { writeWhole } from '../publish/atomic.ts';
import { makeReadableFolder } from '../publish/readable.ts';
import { unreadable } from '../unreadable.ts';
import type { SealedFile } from './memory.ts';

/** The `vault/` of a published site: age files, each named by its own hash. */
export interface AgeFolder {
  holds(hash: string): Promise<boolean>;
  /** @throws PlainError where it cannot be read. */
  read(hash: string): Promise<Uint8Array>;
  /** Seals a text to the recipients and writes it whole. */
  seal(text: string, recipients: readonly string[]): Promise<SealedFile>;
  /** Removes every age file but these: old versions, and what was sealed to removed keys. */
  sweep(keep: ReadonlySet<string>): Promise<void>;
}

export function ageFolder(out: string): AgeFolder {
  const folder = join(out, 'vault');
  return {
    holds: async (hash) => {
      const found = await stat(join(folder, `${hash}.age`)).catch(() => undefined);
      return found?.isFile() === true;
    },
    read: async (hash) => {
      const path = join(folder, `${hash}.age`);
      return await readFile(path).catch((error: NodeJS.ErrnoException) => {
        throw new PlainError(unreadable(path, error));
      });
    },
    seal: async (text, recipients) => {
      const file = await sealFile(text, recipients);
      const sha256 = hashOf(file);
      await writeWhole(folder, `${sha256}.age`, file);
      return { sha256, size: file.length };
    },
    sweep: async (keep) => {
      await makeReadableFolder(folder);
      for (const name of await readdir(folder)) {
        const hash = /^([0-9a-f]{64})\.age$/.exec(name)?.[1];
        if (hash !== undefined && !keep.has(hash)) await rm(join(folder, name), { force: true });
      }
    },
  };
}
