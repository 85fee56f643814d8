/** A file that has not come for so long may never come; the browser itself waits for minutes. */
const DEADLINE_MS = 8_000;

/** Rejects where `loading` has not ended in time, so that nothing waits for one stalled file for ever. */
export function inTime<Loaded>(loading: Promise<Loaded>): Promise<Loaded> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('Too late.')), DEADLINE_MS);
    loading.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
