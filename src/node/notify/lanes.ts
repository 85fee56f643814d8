import type { Delivery, Outbox } from './outbox.ts';

/** How an endpoint answered. `gone`: it will never want anything again. */
export type Taken =
  | { readonly type: 'taken' }
  | { readonly type: 'gone' }
  | { readonly type: 'failed'; readonly why: string };

export type Tell = (delivery: Delivery) => Promise<Taken>;

interface LanesOptions {
  readonly outbox: Outbox;
  readonly tell: Tell;
  readonly now: () => number;
  /** One plain sentence where a message was given up. */
  readonly onTrouble: (sentence: string) => void;
}

/** Endpoints that are told at one time. */
const AT_ONCE = 20;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 5 * 60_000;
/** What nobody took for a day is given up: the feeds and the log have it. */
const PATIENCE_MS = 24 * 3_600_000;

export interface Lanes {
  /** Tells all that is due; resolves to when the next is, in Unix ms, or null. One call at a time. */
  run(): Promise<number | null>;
}

/** Each endpoint is told one thing after the other, in order; a failing one keeps only itself waiting. */
export function createLanes({ outbox, tell, now, onTrouble }: LanesOptions): Lanes {
  async function tellOne(delivery: Delivery): Promise<void> {
    const answer = await tell(delivery);
    if (answer.type === 'taken') outbox.taken(delivery.number);
    else if (answer.type === 'gone') outbox.drop(delivery.endpoint);
    else if (now() - delivery.since > PATIENCE_MS) {
      outbox.taken(delivery.number);
      onTrouble(
        `${delivery.endpoint} took a message for a day not (${answer.why}); it is given up, the next is tried.`,
      );
    } else outbox.tryAgain(delivery.number, now() + pauseAfter(delivery.tries));
  }

  return {
    run: async () => {
      for (;;) {
        const due = outbox.heads().filter((head) => head.due <= now());
        if (due.length === 0) break;
        for (let from = 0; from < due.length; from += AT_ONCE)
          await Promise.all(due.slice(from, from + AT_ONCE).map(tellOne));
      }
      const next = Math.min(...outbox.heads().map(({ due }) => due));
      return Number.isFinite(next) ? next : null;
    },
  };
}

/** Doubled after each failure, in ms. */
export function pauseAfter(tries: number): number {
  return Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(tries, 20));
}
