import { join } from 'node:path';
import { contentFolder } from '../content/content-folder.ts';
import { readNumber, runWithOptions, type Values } from '../options.ts';
import { openMember } from '../organisation/open.ts';
import { PlainError } from '../plain-error.ts';
import { buildVault } from './build.ts';
import { openVault, type VaultOpened } from './open.ts';

const USAGE = {
  line: 'lifeboat vault [options] build | open [id]',
  does: 'Seals the runbooks, people.yaml and templates of the content folder, or reads them back. Exit code 1: a file did not open.',
  options: {
    dir: { type: 'string', value: '<folder>', help: 'the organisation and this device’s key', default: '.lifeboat' },
    out: { type: 'string', value: '<folder>', help: 'the published site; the folder "site" in --dir if left out' },
    wait: { type: 'string', value: '<seconds>', help: 'how long to wait for relays', default: '10' },
    json: { type: 'boolean', help: 'print JSON' },
  },
  words: true,
} as const;

/** `lifeboat vault build` and `lifeboat vault open [id]`. */
export function vaultCommand(args: readonly string[]): Promise<number> {
  return runWithOptions(args, USAGE, run);
}

async function run(values: Values<typeof USAGE.options>, words: readonly string[]): Promise<number> {
  const { dir, json } = values;
  const out = values.out ?? join(dir, 'site');
  const waitMs = readNumber('wait', values.wait, 0, 600) * 1000;
  const [verb, id] = words;
  if (verb !== 'build' && verb !== 'open') throw new PlainError('Say "lifeboat vault build" or "lifeboat vault open".');
  const { log, rooms, organisation } = await openMember(dir);
  try {
    await log.whenSynced(waitMs);
    if (verb === 'open') return show(await openVault(log, rooms, out), id, json);
    const content = await contentFolder(process.env, dir);
    const built = await buildVault({ log, rooms, content, out, dir, recovery: organisation.recovery });
    await log.whenSynced(waitMs);
    const words = `${built.documents} documents: ${built.sealed} files sealed now, ${built.kept} kept (state ${built.seq}).`;
    process.stdout.write(`${json ? JSON.stringify(built) : words}\n`);
    return 0;
  } finally {
    await log.close();
  }
}

function show({ documents, problems }: VaultOpened, id: string | undefined, json: boolean): number {
  for (const problem of problems) process.stderr.write(`lifeboat: ${problem}\n`);
  const wanted = id === undefined ? documents : documents.filter((document) => document.id === id);
  if (id !== undefined && wanted.length === 0) throw new PlainError(`There is no document "${id}" in the vault.`, 1);
  if (json) process.stdout.write(`${JSON.stringify(wanted)}\n`);
  else if (id !== undefined) for (const { source } of wanted) process.stdout.write(source);
  else for (const document of wanted) process.stdout.write(`${document.id}  ${document.title}\n`);
  return problems.length === 0 ? 0 : 1;
}
