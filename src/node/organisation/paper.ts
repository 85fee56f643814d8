import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { writeWhole } from './folder.ts';

/** What belongs on paper and nowhere else. Keys in hex, the identity as age writes it. */
export interface Paper {
  readonly name: string;
  readonly rootKey: string;
  readonly spareRootKey: string;
  readonly recoveryIdentity: string;
}

/** Writes the sheets to `<dir>/paper`, readable by their owner only; gives back that folder. */
export async function writePaper(dir: string, paper: Paper): Promise<string> {
  const folder = join(dir, 'paper');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeWhole(join(folder, 'README.txt'), readme(paper.name));
  await writeWhole(join(folder, 'root-key.txt'), `${paper.rootKey}\n`, true);
  await writeWhole(join(folder, 'spare-root-key.txt'), `${paper.spareRootKey}\n`, true);
  await writeWhole(join(folder, 'recovery-identity.txt'), `${paper.recoveryIdentity}\n`, true);
  return folder;
}

function readme(name: string): string {
  return `${name}: print these three sheets, keep each in another safe place, then delete this folder.

root-key.txt            names the organisation; needed only if every admin's device is lost or an admin turns.
spare-root-key.txt      its successor, already announced in the first roster. Never on the same sheet as the first.
recovery-identity.txt   opens the vault (runbooks, contacts) with nothing but age:
                        age -d -i recovery-identity.txt site/vault/<file>.age
`;
}
