// The whole check of a published record. It keeps a device busy for seconds, so it runs in a thread (`record-verifier.ts`).
import { browserPlatform } from '../log/browser-platform.ts';
import { checkRecord } from '../log/published/check-record.ts';
import type { ReadFile } from '../log/published/read-file.ts';
import { type Report, reportOf } from '../log/published/report.ts';
import type { Step, StepName } from '../log/published/steps.ts';
import { createVerifyPool } from '../log/verify-pool.ts';
import threadAddress from '../log/verify-worker.ts?worker&url';
import { makeThread, threadCount } from './threads.ts';

/** How far a check has come. */
export interface RecordProgress {
  readonly steps: readonly Step[];
  readonly current: StepName;
  readonly done: number;
  /** 0 where it is not known yet. */
  readonly of: number;
}

/** What came of it; `report` is null where nothing that the log says is worth telling. */
export interface RecordVerdict {
  readonly steps: readonly Step[];
  readonly report: Report | null;
}

export interface RecordCheck {
  /** Public root key (hex): whose record it must be. */
  readonly root: string;
  readonly read: ReadFile;
  /** Unix ms. */
  readonly now: () => number;
  readonly onProgress: (progress: RecordProgress) => void;
}

/** Checks the record whose files `read` gives; its signatures in threads of their own. */
export async function judgeRecord({ root, read, now, onProgress }: RecordCheck): Promise<RecordVerdict> {
  const platform = { ...browserPlatform, now };
  const pool = createVerifyPool({ makeThread: () => makeThread(threadAddress), size: threadCount(), platform });
  let progress: RecordProgress = { steps: [], current: 'signatures', done: 0, of: 0 };
  const tell = (changes: Partial<RecordProgress>) => {
    progress = { ...progress, ...changes };
    onProgress(progress);
  };
  try {
    const checked = await checkRecord({
      root,
      read,
      verify: pool.verify,
      platform,
      // The own files of old incidents are thousands of requests; their hashes are checked, and each again when it is opened.
      whole: false,
      onStep: (step) => tell({ steps: step.name === 'signatures' ? [step] : [...progress.steps, step] }),
      onProgress: (current, done, of) => tell({ current, done, of }),
    });
    return { steps: checked.steps, report: reportOf(checked) };
  } finally {
    pool.close();
  }
}
