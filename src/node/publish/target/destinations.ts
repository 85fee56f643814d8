import { join } from 'node:path';
import { PlainError } from '../../plain-error.ts';
import { liesIn, realPlace } from './lies-in.ts';
import { isRemote } from './remote-name.ts';
import { findRclone } from './run-rclone.ts';

/** Where a publisher writes by itself, and where that is carried to. */
export interface Destinations {
  /** The first folder that was named, or `site` in `dir`. */
  readonly out: string;
  readonly others: readonly string[];
}

/**
 * Reads `--to`. @throws PlainError where it names nothing, one place twice, a folder in another, or a remote without an rclone
 * to reach it
 */
export async function destinationsOf(to: readonly string[], dir: string): Promise<Destinations> {
  if (to.length === 0) throw new PlainError('Where to publish is not known: give --to <folder or rclone remote>.');
  if (to.some((one) => one.trim() === '')) throw new PlainError('--to is empty; name a folder or an rclone remote.');
  const twice = to.find((one, index) => to.indexOf(one) !== index);
  if (twice !== undefined) throw new PlainError(`--to names ${twice} twice: name it once.`);
  const folders = to.filter((one) => !isRemote(one));
  await refuseNested(folders);
  if (folders.length < to.length) await findRclone();
  const [first] = folders;
  return { out: first ?? join(dir, 'site'), others: to.filter((one) => one !== first) };
}

async function refuseNested(folders: readonly string[]): Promise<void> {
  const places = await Promise.all(folders.map(realPlace));
  for (const [index, inner] of places.entries()) {
    const other = places.findIndex((outer, at) => at !== index && liesIn(inner, outer));
    if (other === -1) continue;
    const how = places[other] === inner ? 'is the same folder as' : 'lies in';
    throw new PlainError(
      `--to names ${folders[index]}, which ${how} ${folders[other]}: name one that is not in another.`,
    );
  }
}
