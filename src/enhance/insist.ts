import { warn } from './warn.ts';

const AGAIN_MS = 5_000;

/** Does what fails for want of a part of the page again every five seconds, until it is done. */
export async function insist(task: () => Promise<void>): Promise<void> {
  try {
    await task();
  } catch (error) {
    warn(error);
    setTimeout(() => void insist(task), AGAIN_MS);
  }
}
