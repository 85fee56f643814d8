import type { Platform } from '../../platform.ts';
import type { Delivery, Outbox } from './outbox.ts';

/** How an endpoint answered. `gone`: it will never want anything again. */
export type Taken =
  | { readonly type: 'taken' }
  | { readonly type: 'gone' }
  | { readonly type: 'failed'; readonly why: string };

/** Tells one endpoint one thing; never rejects. `stop` asks it to give up. */
export type Tell = (delivery: Delivery, stop: AbortSignal) => Promise<Taken>;

interface LanesOptions {
  readonly outbox: Outbox;
  readonly tell: Tell;
  /** Who is told before the others, however often that failed: the webhooks before thousands of browsers. */
  readonly isFirst: (endpoint: string) => boolean;
  /** What an endpoint is called in a sentence: its whole address is a secret. */
  readonly nameOf: (endpoint: string) => string;
  readonly platform: Pick<Platform, 'now' | 'after'>;
  /** One plain sentence where one of the first takes nothing, a message was given up, or the outbox cannot be used. */
  readonly onTrouble: (sentence: string) => void;
}

/** Endpoints that are told at one time. */
const AT_ONCE = 20;
/** One of the first that failed so often in a row, 7 s long, is told of; thousands of browsers are not. */
const TOLD_TRIES = 3;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 5 * 60_000;
/** What nobody took for a day is given up: the feeds and the log have it. */
const PATIENCE_MS = 24 * 3_600_000;
/** So long an answer is awaited at the end: what is broken off is told again at the next start. */
const LAST_ANSWERS_MS = 5_000;

export interface Lanes {
  /** Begins to tell all that is due; to be called again when something new lies in the outbox. */
  look(): void;
  /** Begins nothing any more; resolves when nothing runs. */
  close(): Promise<void>;
}

/** Each endpoint is told one thing after the other, in order and in its own time: a slow or failing one keeps only itself waiting. */
export function createLanes({ outbox, tell, isFirst, nameOf, platform, onTrouble }: LanesOptions): Lanes {
  const running = new Map<string, Promise<void>>();
  const stop = new AbortController();
  /** Endpoints that something is due for and that have no lane yet; the first is the next. */
  let waiting: string[] = [];
  let cancel = () => {};
  let closed = false;

  function look(): void {
    cancel();
    if (closed) return;
    try {
      const now = platform.now();
      const idle = outbox.heads().filter(({ endpoint }) => !running.has(endpoint));
      const due = idle.filter((one) => one.due <= now).map(({ endpoint }) => endpoint);
      waiting = due.toSorted((a, b) => Number(isFirst(b)) - Number(isFirst(a)));
      while (running.size < AT_ONCE && waiting.length > 0) openNext();
      const next = idle
        .filter(({ due }) => due > now)
        .reduce((least, { due }) => Math.min(least, due), Number.MAX_VALUE);
      if (next < Number.MAX_VALUE) cancel = platform.after(next - now, look);
    } catch (error) {
      failed(error);
    }
  }

  function openNext(): void {
    const endpoint = waiting.shift();
    if (endpoint === undefined) return;
    const lane = tellAll(endpoint).then(
      () => {
        running.delete(endpoint);
        if (waiting.length === 0) look();
        else openNext();
      },
      (error: unknown) => {
        running.delete(endpoint);
        failed(error);
      },
    );
    running.set(endpoint, lane);
  }

  /** Whoever calls `look` from time to time has it tried again. */
  function failed(error: unknown): void {
    onTrouble(`the outbox could not be read or written (${String(error)}); trying again.`);
  }

  /** Until nothing is due for this endpoint. */
  async function tellAll(endpoint: string): Promise<void> {
    for (;;) {
      const head = closed ? undefined : outbox.head(endpoint);
      if (head === undefined || head.due > platform.now()) return;
      await tellOne(head);
    }
  }

  async function tellOne(delivery: Delivery): Promise<void> {
    const answer = await tell(delivery, stop.signal);
    const now = platform.now();
    if (answer.type === 'taken') outbox.taken(delivery.number);
    else if (answer.type === 'gone') outbox.drop(delivery.endpoint);
    // It was this program that gave up.
    else if (stop.signal.aborted) return;
    else if (now - delivery.since > PATIENCE_MS) {
      outbox.taken(delivery.number);
      onTrouble(
        `${nameOf(delivery.endpoint)} took no message for a day (${answer.why}): the oldest is given up, the next is tried.`,
      );
    } else {
      outbox.tryAgain(delivery.number, now + pauseAfter(delivery.tries));
      if (delivery.tries === TOLD_TRIES && isFirst(delivery.endpoint))
        onTrouble(`${nameOf(delivery.endpoint)} takes nothing (${answer.why}); it is tried again for a day.`);
    }
  }

  return {
    look,
    close: async () => {
      closed = true;
      cancel();
      waiting = [];
      const cancelStop = platform.after(LAST_ANSWERS_MS, () => stop.abort());
      await Promise.all(running.values());
      cancelStop();
    },
  };
}

/** Doubled after each failure, in ms. */
export function pauseAfter(tries: number): number {
  return Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(tries, 20));
}
