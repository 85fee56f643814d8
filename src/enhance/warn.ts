/** A part of the page failed, or could not be had now; what is drawn stands, and the rest goes on without it. */
export function warn(error: unknown): void {
  console.warn('A part of this page failed.', error);
}
