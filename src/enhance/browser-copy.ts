import { browserPlatform } from '../log/browser-platform.ts';
import { lockedTurn } from '../log/channel/upload-turn.ts';
import { browserCanary } from '../log/store/browser-canary.ts';
import { openBrowserStore } from '../log/store/browser-store.ts';
import { rescueBucket } from '../log/store/rescue-bucket.ts';
import { createVerifyPool } from '../log/verify-pool.ts';
import threadAddress from '../log/verify-worker.ts?worker&url';
import { browserStorage } from '../stores/lasting.ts';
import type { Outside } from '../stores/outside.ts';
import { makeThread, threadCount } from './threads.ts';

/** This browser's copy of the log `name`, the threads that check what comes in, and the agreement with other tabs. */
export function browserCopy(name: string): Required<Pick<Outside, 'store' | 'verify' | 'uploadTurn' | 'storage'>> {
  const platform = browserPlatform;
  const pool = createVerifyPool({ makeThread: () => makeThread(threadAddress), size: threadCount(), platform });
  const [canary, rescue] = [browserCanary(name), rescueBucket()];
  return {
    store: openBrowserStore({ name, canary, platform, main: indexedDB, rescue }),
    verify: pool.verify,
    uploadTurn: lockedTurn(`${name} upload`, navigator.locks),
    storage: browserStorage(navigator.storage),
  };
}
