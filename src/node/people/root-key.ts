import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { publicKeyOf } from '../../log/event.ts';
import { secretFromHex } from '../../log/rooms/seal.ts';
import { PlainError } from '../plain-error.ts';
import { unreadable } from '../unreadable.ts';

/** Reads the root key of the sheet from a file, or from the standard input with "-": it is never an argument, which others can see. */
export async function readRootKey(file: string | undefined, root: string): Promise<Uint8Array> {
  if (file === undefined)
    throw new PlainError('--root-key is missing; give the file with the root key, or "-" and type it in.');
  const typed =
    file === '-'
      ? await text(process.stdin)
      : await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
          throw new PlainError(unreadable(`The root key ${file}`, error));
        });
  const secret = secretFromHex(typed.replace(/\s/g, '').toLowerCase());
  if (secret === undefined) throw new PlainError('The root key must be the 64 hex digits of its sheet.');
  if (publicOf(secret) !== root) throw new PlainError('That is not the root key of this organisation.');
  return secret;
}

function publicOf(secret: Uint8Array): string | undefined {
  try {
    return publicKeyOf(secret);
  } catch {
    // Zero, or beyond the order of the curve: a sheet copied wrongly.
    return undefined;
  }
}
