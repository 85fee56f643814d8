import { Worker } from 'node:worker_threads';
import type { Verified } from '../../log/event.ts';
import type { SignedEvent } from '../../model/event.ts';

export interface Job {
  readonly ticket: number;
  readonly event: SignedEvent;
  readonly org: string | undefined;
}

export interface Verdict {
  readonly ticket: number;
  readonly verified: Verified;
}

/** Checks events in a thread of its own, in order, so that signatures never hold up sockets. */
export interface Verifier {
  check(job: Job): void;
  close(): Promise<void>;
}

/** Jobs per message to the thread: large enough to cost little, small enough to answer early. */
const BATCH = 64;

/** A thread that dies takes the process down: nothing acknowledged is lost, and a restart is the only cure. */
export function startVerifier(onVerdicts: (verdicts: readonly Verdict[]) => void): Verifier {
  const worker = new Worker(new URL('./verify-worker.ts', import.meta.url));
  let waiting: Job[] = [];
  const flush = () => {
    for (let from = 0; from < waiting.length; from += BATCH) worker.postMessage(waiting.slice(from, from + BATCH));
    waiting = [];
  };
  worker.on('message', onVerdicts);
  return {
    check(job) {
      if (waiting.length === 0) setImmediate(flush);
      waiting.push(job);
    },
    async close() {
      await worker.terminate();
    },
  };
}
