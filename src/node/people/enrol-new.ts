import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bytesToHex } from '@noble/hashes/utils.js';
import { publicKeyOf } from '../../log/event.ts';
import { enrolDevice } from '../../log/people/enrol.ts';
import { OPEN_KINDS } from '../../model/kind-sets.ts';
import { liveKeys } from '../../model/roster.ts';
import { contentFolder, siteFile } from '../content/content-folder.ts';
import { parseSite } from '../content/site.ts';
import { siteVariables } from '../content/site-variables.ts';
import { findOrganisation, writableFolder, writeWhole } from '../organisation/folder.ts';
import type { OpenedMember } from '../organisation/open.ts';
import { PlainError } from '../plain-error.ts';
import { openSqliteStore } from '../store/sqlite-store.ts';
import type { EnrolValues, Granted } from './enrol.ts';

/** What placeholders stand for is known only where it runs. */
const ANY_VARIABLES = siteVariables(Array<string>(9).fill('wss://relay.invalid'), 'https://site.invalid');

/**
 * A folder with which `watch --dir` or `publish --dir` runs on another machine: its own key, who the organisation is,
 * site.yaml, and the open log, so that it starts with every relay down. No runbook and no other key goes along.
 */
export async function makeKeyFolder({ log, rooms, organisation }: OpenedMember, values: EnrolValues): Promise<Granted> {
  const { vantage } = values;
  const role = values.new;
  if (role !== 'watcher' && role !== 'publisher')
    throw new PlainError(`--new must be watcher or publisher, not "${role}"; people join by "lifeboat invite".`);
  if (values.out === undefined)
    throw new PlainError('--out is missing; name the folder to carry to the other machine.');
  if (role === 'watcher' && vantage === undefined)
    throw new PlainError('--vantage is missing; a watcher needs the name of where it looks from.');
  if (role === 'publisher' && vantage !== undefined)
    throw new PlainError('--vantage is where a watcher looks from; leave it out for a publisher.');
  const taken = liveKeys(log.roster()).find((key) => key.vantage === vantage);
  if (role === 'watcher' && taken !== undefined)
    throw new PlainError(
      `The watcher ${taken.pk.slice(0, 8)} looks from "${vantage}" already; two that share a name have one vote.`,
    );
  const siteYaml = await checkedSite(values.dir);
  const folder = await writableFolder(values.out, { option: 'out' });
  if ((await findOrganisation(folder)) !== undefined)
    throw new PlainError(`${folder} holds a key already, and nothing was overwritten.`);
  const secret = log.platform.random(32);
  const pk = publicKeyOf(secret);
  // The key is on disk before anybody trusts it; organisation.json comes last, as in `init`.
  await writeWhole(join(folder, `${role}.key`), `${bytesToHex(secret)}\n`, true);
  const member = await enrolDevice(log, rooms, pk, {
    roles: [role],
    ...(role === 'watcher' && vantage !== undefined ? { vantage } : {}),
  });
  const store = openSqliteStore(join(folder, `${role}.db`));
  await store.put(log.events().filter(({ kind, sig }) => OPEN_KINDS.includes(kind) && sig !== ''));
  await store.close();
  await mkdir(join(folder, 'content'), { recursive: true });
  await writeWhole(join(folder, 'content', 'site.yaml'), siteYaml);
  await writeWhole(join(folder, 'organisation.json'), `${JSON.stringify(organisation, null, 2)}\n`);
  const command = role === 'watcher' ? 'lifeboat watch --dir' : 'lifeboat publish --to <folder> --dir';
  const words = [
    `${pk} is enrolled as ${role}${role === 'watcher' ? ` from "${vantage}"` : ''}.`,
    `Carry ${folder} to that machine over a safe way (it holds the secret key), delete it here, and run there: ${command} <folder>`,
  ];
  return { pk, words: words.join('\n'), facts: { member, roles: [role], out: folder } };
}

/** The text of this folder's site.yaml. @throws ContentError for its first mistake, which would be found on the other machine. */
async function checkedSite(dir: string | undefined): Promise<string> {
  const { path } = await siteFile(await contentFolder(process.env, dir));
  const text = await readFile(path, 'utf8');
  parseSite(text, 'site.yaml', ANY_VARIABLES);
  return text;
}
