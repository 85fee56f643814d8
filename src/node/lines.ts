import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { PlainError } from './plain-error.ts';
import { unreadable } from './unreadable.ts';

/** The bytes of a file; a PlainError where it is missing, a folder, or unreadable. */
export async function openFile(path: string): Promise<AsyncIterable<Uint8Array>> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    throw new PlainError(unreadable(path, error));
  });
  if (found.isDirectory()) throw new PlainError(`${path} is a folder; give a file.`);
  return createReadStream(path);
}
