import { PlainError } from '../../plain-error.ts';
import { liesIn, realPlace } from './lies-in.ts';

/**
 * Refuses a target (`to`, folders) that is or holds one of `own`: the organisation's folder with its keys, or the content folder
 * with runbooks and people. All that lies in a target is served, and carried to the others. @throws PlainError
 */
export async function keepApart(to: readonly string[], own: readonly string[]): Promise<void> {
  for (const target of to) {
    const place = await realPlace(target);
    for (const folder of own)
      if (liesIn(await realPlace(folder), place))
        throw new PlainError(
          `--to names ${target}, where ${folder} lies with what nobody else may read: name a folder of its own for the page.`,
        );
  }
}
