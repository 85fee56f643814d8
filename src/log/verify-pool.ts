import type { SignedEvent } from '../model/event.ts';
import type { Platform } from '../platform.ts';
import type { Verify } from './check.ts';
import { copySevenFields, type Verified, verifyEvent } from './event.ts';

export interface VerifyJob {
  readonly ticket: number;
  readonly event: SignedEvent;
  readonly org: string;
}

export interface VerifyVerdict {
  readonly ticket: number;
  /** Why the event is refused; null when it is sound. */
  readonly reason: string | null;
}

/** As much of a browser's Worker as the pool needs. */
export type VerifyThread = Pick<Worker, 'postMessage' | 'terminate' | 'onmessage' | 'onerror'>;

export interface VerifyPool {
  readonly verify: Verify;
  close(): void;
}

export interface VerifyPoolOptions {
  /** Throws where the browser makes no workers. */
  readonly makeThread: () => VerifyThread;
  readonly size: number;
  readonly platform: Pick<Platform, 'after'>;
}

interface Waiting extends VerifyJob {
  readonly tries: number;
  readonly settle: (verified: Verified) => void;
}

interface Thread {
  readonly thread: VerifyThread;
  readonly jobs: Map<number, Waiting>;
  answered: boolean;
  watch: () => void;
}

/** Jobs in one message: about 10 ms of work. */
const CHUNK = 20;
/** A thread that says nothing for so long is dead. */
const SILENT_MS = 10_000;
/** An event that two threads died of is checked on the page. */
const TRIES = 2;
/** Checks on the page between two pauses. */
const SLICE = 16;

/**
 * Verifies in `size` threads, made when first needed. The event that comes back is the pool's own copy, which nobody else could
 * change meanwhile. A thread that dies is replaced and its events are checked anew; without threads the page checks them itself.
 */
export function createVerifyPool({ makeThread, size, platform }: VerifyPoolOptions): VerifyPool {
  const lanes: Thread[] = [];
  /** Threads that died without one answer; a few of them mean that threads cannot be had here, as a policy may want it. */
  let stillborn = 0;
  let tickets = 0;
  let fresh: Waiting[] = [];

  function verify(value: unknown, org: string): Verified | Promise<Verified> {
    const event = copySevenFields(value);
    if (typeof event === 'string') return { type: 'invalid', reason: event };
    return new Promise((settle) => {
      // A burst is dealt out together, once all of it is known.
      if (fresh.length === 0) queueMicrotask(deal);
      fresh.push({ ticket: ++tickets, event, org, tries: 0, settle });
    });
  }

  function deal(): void {
    const jobs = fresh;
    fresh = [];
    for (let from = 0; from < jobs.length; from += CHUNK) give(jobs.slice(from, from + CHUNK));
  }

  function give(jobs: readonly Waiting[]): void {
    const lane = leastBusy();
    if (lane === null) return void checkHere(jobs);
    for (const job of jobs) lane.jobs.set(job.ticket, job);
    lane.thread.postMessage(jobs.map(({ ticket, event, org }): VerifyJob => ({ ticket, event, org })));
    watch(lane);
  }

  /** A new thread while there may be more and none is idle. Null when there is none at all. */
  function leastBusy(): Thread | null {
    const best = lanes.reduce<Thread | null>(
      (least, lane) => (least && least.jobs.size <= lane.jobs.size ? least : lane),
      null,
    );
    if (lanes.length >= size || best?.jobs.size === 0 || stillborn >= TRIES) return best;
    return start() ?? best;
  }

  function start(): Thread | null {
    let thread: VerifyThread;
    try {
      thread = makeThread();
    } catch (error) {
      console.warn('This browser makes no workers: the page checks signatures itself.', error);
      stillborn = TRIES;
      return null;
    }
    const lane: Thread = { thread, jobs: new Map(), answered: false, watch: () => {} };
    thread.onmessage = ({ data }: MessageEvent<readonly VerifyVerdict[]>) => hear(lane, data);
    thread.onerror = () => bury(lane);
    lanes.push(lane);
    return lane;
  }

  function hear(lane: Thread, verdicts: readonly VerifyVerdict[]): void {
    lane.answered = true;
    for (const { ticket, reason } of verdicts) {
      const job = lane.jobs.get(ticket);
      // One verdict for one ticket: what nobody asked for settles nothing.
      if (job === undefined || !lane.jobs.delete(ticket)) continue;
      job.settle(reason === null ? { type: 'ok', event: job.event } : { type: 'invalid', reason });
    }
    watch(lane);
  }

  function watch(lane: Thread): void {
    lane.watch();
    lane.watch = lane.jobs.size === 0 ? () => {} : platform.after(SILENT_MS, () => bury(lane));
  }

  function bury(lane: Thread): void {
    const position = lanes.indexOf(lane);
    if (position === -1) return;
    lanes.splice(position, 1);
    lane.watch();
    lane.thread.terminate();
    if (!lane.answered) stillborn += 1;
    const again = [...lane.jobs.values()].map((job) => ({ ...job, tries: job.tries + 1 }));
    const tired = again.filter(({ tries }) => tries >= TRIES);
    const rest = again.filter(({ tries }) => tries < TRIES);
    if (tired.length > 0) void checkHere(tired);
    for (let from = 0; from < rest.length; from += CHUNK) give(rest.slice(from, from + CHUNK));
  }

  async function checkHere(jobs: readonly Waiting[]): Promise<void> {
    for (const [position, { event, org, settle }] of jobs.entries()) {
      if (position % SLICE === SLICE - 1) await new Promise<void>((resolve) => platform.after(0, resolve));
      settle(verifyEvent(event, org));
    }
  }

  return {
    verify,
    close: () => {
      for (const lane of lanes.splice(0)) {
        lane.watch();
        lane.thread.terminate();
      }
    },
  };
}
