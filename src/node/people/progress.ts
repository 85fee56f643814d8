import type { Writable } from 'node:stream';

const EVERY_MS = 200;

/** A line that a terminal shows while work goes on and that is gone when it ends; where nobody looks, nothing at all. */
export interface Progress {
  /** `words` are asked for only when they are shown. */
  show(words: () => string): void;
  end(): void;
}

export function startProgress(output: Writable & { readonly isTTY?: boolean } = process.stderr): Progress {
  let last = 0;
  let shown = false;
  const isTerminal = output.isTTY === true;
  return {
    show: (words) => {
      const now = performance.now();
      if (!isTerminal || now - last < EVERY_MS) return;
      last = now;
      shown = true;
      output.write(`\r\u001b[K${words()}`);
    },
    end: () => {
      if (shown) output.write('\r\u001b[K');
      shown = false;
    },
  };
}
