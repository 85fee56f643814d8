/** Primary result codes of https://www.sqlite.org/rescode.html. */
const [IO_ERROR, CORRUPT, FULL, NOT_A_DATABASE] = [10, 11, 13, 26];

/** The files that a shelf has open do not lie at their paths any more, or are shorter than what was written. */
export class LostFileError extends Error {
  override readonly name = 'LostFileError';
}

/** The disk has no room: nothing is wrong with what is stored. */
export function isFull(error: unknown): boolean {
  return codeOf(error) === FULL;
}

/** A write or an fsync failed, a page is damaged or a file lost: what this handle believes may not be on the disk. */
export function isBroken(error: unknown): boolean {
  return error instanceof LostFileError || [IO_ERROR, CORRUPT, NOT_A_DATABASE].includes(codeOf(error));
}

/** The extended code's last byte is the primary one; 0 for errors of others than SQLite. */
function codeOf(error: unknown): number {
  const code = error instanceof Error && 'errcode' in error ? Number(error.errcode) : 0;
  return code & 0xff;
}
