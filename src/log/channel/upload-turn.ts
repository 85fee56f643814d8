/** Which of several tabs over one copy uploads at once. The others upload what still has no receipt after a while. */
export interface UploadTurn {
  isMine(): boolean;
  /** Lets another tab have it. */
  end(): void;
}

/** Alone on its copy: a command, a test, a browser without locks. */
export const ALWAYS: UploadTurn = { isMine: () => true, end: () => {} };

/**
 * The tab that holds the lock `name`; when it closes or crashes the browser gives the lock to the next one.
 * A tab that is frozen keeps it, which is why nobody may wait for the one who holds it.
 */
export function lockedTurn(name: string, locks: LockManager | undefined): UploadTurn {
  if (locks === undefined) return ALWAYS;
  const ending = new AbortController();
  let isMine = false;
  const hold = () =>
    new Promise<void>((resolve) => {
      isMine = true;
      ending.signal.addEventListener('abort', () => resolve());
    });
  locks.request(name, { signal: ending.signal }, hold).catch((error: unknown) => {
    if (ending.signal.aborted) return;
    // Locks are refused here: uploading twice costs a little, not uploading would cost all.
    console.warn('This window cannot agree with others on who uploads.', error);
    isMine = true;
  });
  return {
    isMine: () => isMine,
    end: () => {
      isMine = false;
      ending.abort();
    },
  };
}
