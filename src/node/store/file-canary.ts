import { readFileSync, writeFileSync } from 'node:fs';
import type { Canary } from '../../log/store/tally.ts';

/** A count in a small file beside the database, so that a database that vanishes is missed. */
export function fileCanary(path: string): Canary {
  return {
    read: () => {
      try {
        return Number.parseInt(readFileSync(path, 'utf8'), 10) || 0;
      } catch {
        // No file: a first start, so nothing is missed.
        return 0;
      }
    },
    write: (count) => writeFileSync(path, `${count}\n`),
  };
}
