import { START } from './schedule.ts';

const KEPT = 120;
/** So much of a frame tells it from every other: word, name and id. */
const TOLD = 110;

/** What happened in a run: the last events in words, and one number over all of them. */
export class Trace {
  #high = 0x811c9dc5;
  #low = 0x1b873593;
  #last: (readonly [number, string, string])[] = [];
  length = 0;

  note(now: number, what: string, detail = ''): void {
    this.length++;
    this.#mix(what, what.length);
    this.#mix(detail, Math.min(detail.length, TOLD));
    this.#high = Math.imul(this.#high ^ (now - START), 0x01000193);
    this.#last.push([now, what, detail]);
    if (this.#last.length > 2 * KEPT) this.#last = this.#last.slice(-KEPT);
  }

  /** The same for two runs only if the same happened in the same order. */
  get digest(): string {
    return `${(this.#high >>> 0).toString(16)}${(this.#low >>> 0).toString(16)}-${this.length}`;
  }

  last(): readonly string[] {
    return this.#last.slice(-KEPT).map(([now, what, detail]) => {
      const seconds = ((now - START) / 1000).toFixed(3).padStart(9);
      return `${seconds} s  ${what}${detail === '' ? '' : `  ${detail.slice(0, TOLD)}`}`;
    });
  }

  #mix(text: string, length: number): void {
    for (let at = 0; at < length; at++) {
      const code = text.charCodeAt(at);
      this.#high = Math.imul(this.#high ^ code, 0x01000193);
      this.#low = Math.imul(this.#low + code, 0x5bd1e995) ^ (this.#low >>> 13);
    }
  }
}
