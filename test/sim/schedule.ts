interface Task {
  readonly at: number;
  readonly order: number;
  readonly run: () => void;
  readonly quiet: boolean;
  cancelled: boolean;
}

/** 22 November 2026, noon: where every run begins. Unix milliseconds. */
export const START = Date.UTC(2026, 10, 22, 12);

/** More than this happens in one millisecond only in a circle. */
const MOST_AT_ONCE = 20_000;

/** Virtual time: tasks run one by one in the order of their times, and whatever they promised is settled before the next. */
export class Schedule {
  now = START;
  #heap: Task[] = [];
  #order = 0;
  #atOnce = 0;

  /** Runs `run` after `ms`, at the next whole one; the returned function cancels it. `quiet`: it touches no promise. */
  after(ms: number, run: () => void, quiet = false): () => void {
    const task = { at: Math.ceil(this.now + Math.max(0, ms)), order: this.#order++, run, quiet, cancelled: false };
    this.#push(task);
    return () => {
      task.cancelled = true;
    };
  }

  /** Runs everything up to the time `end`. */
  async run(end: number): Promise<void> {
    await settle();
    for (let next = this.#heap[0]; next !== undefined && next.at <= end; next = this.#heap[0]) {
      this.#pop();
      if (next.cancelled) continue;
      // A defect that turns in a circle takes no time at all, and must not take all of ours.
      this.#atOnce = next.at === this.now ? this.#atOnce + 1 : 0;
      if (this.#atOnce > MOST_AT_ONCE) throw new Error('Something turns in a circle and time stands still.');
      this.now = next.at;
      next.run();
      if (!next.quiet) await settle();
    }
    this.now = end;
  }

  #push(task: Task): void {
    const heap = this.#heap;
    let at = heap.push(task) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!isBefore(task, heap[parent])) break;
      heap[at] = heap[parent] as Task;
      at = parent;
    }
    heap[at] = task;
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      if (isBefore(heap[child + 1], heap[child])) child++;
      if (!isBefore(heap[child], last)) break;
      heap[at] = heap[child] as Task;
      at = child;
    }
    heap[at] = last;
  }
}

function isBefore(a: Task | undefined, b: Task | undefined): boolean {
  if (a === undefined || b === undefined) return false;
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}

/** All promises that are due have run when the loop comes round. */
function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
