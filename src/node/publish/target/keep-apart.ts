import { realpath } from 'node:fs/promises';
import { resolve, sep } from 'node:path';
import { PlainError } from '../../plain-error.ts';

/**
 * Refuses a target (`to`, folders) that is or holds one of `own`: the organisation's folder with its keys, or the content folder
 * with runbooks and people. All that lies in a target is served, and carried to the others. @throws PlainError
 */
export async function keepApart(to: readonly string[], own: readonly string[]): Promise<void> {
  for (const target of to) {
    const place = await realPlace(target);
    for (const folder of own) {
      const real = await realPlace(folder);
      if (real === place || real.startsWith(place.endsWith(sep) ? place : `${place}${sep}`))
        throw new PlainError(
          `--to names ${target}, where ${folder} lies with what nobody else may read: name a folder of its own for the page.`,
        );
    }
  }
}

/** Without symbolic links; of what does not exist yet, as it is written. */
function realPlace(path: string): Promise<string> {
  return realpath(path).catch(() => resolve(path));
}
