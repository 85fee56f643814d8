import { join } from 'node:path';
import { PlainError } from '../../plain-error.ts';
import { liesIn, realPlace } from './lies-in.ts';

/**
 * Refuses a target (`to`, folders) that is, holds or lies in one of `own`: the organisation's folder with its keys and paper, or
 * the content folder with runbooks and people; only its `site` may be one. All that lies in a target is served, and carried to
 * the others. @throws PlainError
 */
export async function keepApart(to: readonly string[], own: readonly string[]): Promise<void> {
  for (const target of to) {
    const place = await realPlace(target);
    for (const folder of own) {
      const kept = await realPlace(folder);
      if (liesIn(kept, place))
        throw new PlainError(
          `--to names ${target}, where ${folder} lies with what nobody else may read: name a folder of its own for the page.`,
        );
      if (liesIn(place, kept) && !liesIn(place, join(kept, 'site')))
        throw new PlainError(
          `--to names ${target}, which lies in ${folder} beside what nobody else may read: name ${join(folder, 'site')}, or a folder elsewhere.`,
        );
    }
  }
}
