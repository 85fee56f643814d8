import { hashOf } from '../../vault/manifest.ts';
import type { Source } from './source.ts';
import { WrongThing } from './wrong-thing.ts';

/** Every age file must be named by its own hash; what is inside, only its readers can say. @throws WrongThing */
export async function checkVault(
  source: Source,
): Promise<{ readonly files: number; readonly notes: readonly string[] }> {
  const names = await source.list('vault');
  if (names === undefined)
    return { files: 0, notes: ['A site cannot list its vault over HTTP: its files were not checked.'] };
  for (const name of names) {
    const hash = /^([0-9a-f]{64})\.age$/.exec(name)?.[1];
    const path = `vault/${name}`;
    if (hash === undefined) throw new WrongThing(source.nameOf(path), 'it is no file of a vault');
    const bytes = await source.read(path);
    if (bytes === undefined || hashOf(bytes) !== hash)
      throw new WrongThing(source.nameOf(path), 'its content does not have the hash that is its name');
  }
  return { files: names.length, notes: [] };
}
