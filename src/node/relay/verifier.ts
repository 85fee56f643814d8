import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Verified } from '../../log/event.ts';
import type { SignedEvent } from '../../model/event.ts';
import type { Answers, Question } from './verify-worker.ts';

export interface Job {
  readonly ticket: number;
  /** A copy of the seven fields that nobody else holds: what is verified is what is stored. */
  readonly event: SignedEvent;
  readonly org: string | undefined;
}

export interface Verdict {
  readonly ticket: number;
  readonly verified: Verified;
}

/** Checks events in threads of their own, so that signatures never hold up sockets. Verdicts come in the order of the jobs. */
export interface Verifier {
  check(job: Job): void;
  close(): Promise<void>;
}

/** Jobs per message to a thread: large enough to cost little, small enough that all threads share the work. */
const BATCH = 32;
/** More threads than this only wait for the disk. */
const MOST_THREADS = 4;

interface Thread {
  readonly worker: Worker;
  /** Messages that it has not answered, oldest first. */
  readonly asked: Asked[];
}

interface Asked {
  readonly jobs: readonly Job[];
  answers: Answers | undefined;
}

/** A thread that dies takes the process down: nothing acknowledged is lost, and a restart is the only cure. */
export function startVerifier(onVerdicts: (verdicts: readonly Verdict[]) => void): Verifier {
  let waiting: Job[] = [];
  /** Over all threads, in the order in which they were asked. */
  const inOrder: Asked[] = [];
  const threads = Array.from({ length: Math.min(availableParallelism(), MOST_THREADS) }, () => startThread());

  function startThread(): Thread {
    const worker = new Worker(new URL('./verify-worker.ts', import.meta.url));
    const asked: Asked[] = [];
    worker.on('message', (answers: Answers) => {
      const first = asked.shift();
      if (first !== undefined) first.answers = answers;
      tellWhatIsNext();
    });
    return { worker, asked };
  }

  function flush(): void {
    for (let from = 0; from < waiting.length; from += BATCH) ask(waiting.slice(from, from + BATCH));
    waiting = [];
  }

  function ask(jobs: readonly Job[]): void {
    const asked: Asked = { jobs, answers: undefined };
    inOrder.push(asked);
    const least = threads.reduce((a, b) => (b.asked.length < a.asked.length ? b : a));
    least.asked.push(asked);
    // Text travels between threads at a fraction of what objects cost, and nothing but the verdict has to come back.
    least.worker.postMessage(jobs.map(({ event, org }): Question => ({ json: JSON.stringify(event), org })));
  }

  function tellWhatIsNext(): void {
    for (let next = inOrder[0]; next?.answers !== undefined; next = inOrder[0]) {
      inOrder.shift();
      const { jobs, answers } = next;
      onVerdicts(jobs.map(({ ticket, event }, at) => ({ ticket, verified: verdictOf(event, answers[at]) })));
    }
  }

  return {
    check(job) {
      if (waiting.length === 0) setImmediate(flush);
      waiting.push(job);
    },
    async close() {
      await Promise.all(threads.map(({ worker }) => worker.terminate()));
    },
  };
}

/** Only `null` vouches for an event; an answer that is missing does not. */
function verdictOf(event: SignedEvent, reason: string | null | undefined): Verified {
  return reason === null ? { type: 'ok', event } : { type: 'invalid', reason: reason ?? 'it could not be checked' };
}
