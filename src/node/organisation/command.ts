import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { DEMO_FOLDER } from '../content/content-folder.ts';
import { runWithOptions, type Values } from '../options.ts';
import { PlainError } from '../plain-error.ts';
import { createOrganisation } from './create.ts';
import { writableFolder } from './folder.ts';

const USAGE = {
  line: 'lifeboat init --dir <folder> --name <name>',
  does: 'Makes an organisation: root key, first admin device, recovery identity, and content to start from.',
  options: {
    dir: { type: 'string', value: '<folder>', help: 'where it is kept', default: '.lifeboat' },
    name: { type: 'string', value: '<name>', help: 'the name that the page shows' },
    json: { type: 'boolean', help: 'print one line of JSON' },
  },
} as const;

/** `lifeboat init`: refuses to overwrite. */
export function initCommand(args: readonly string[]): Promise<number> {
  return runWithOptions(args, USAGE, run);
}

async function run(values: Values<typeof USAGE.options>): Promise<number> {
  const { name, json } = values;
  if (name === undefined || name.trim() === '')
    throw new PlainError('--name is missing; give the name that the page shows.');
  const dir = await writableFolder(values.dir);
  const { organisation, paper } = await createOrganisation(dir, name.trim());
  const content = join(dir, 'content');
  await cp(DEMO_FOLDER, content, { recursive: true, errorOnExist: true, force: false });
  if (json) {
    process.stdout.write(`${JSON.stringify({ ...organisation, dir, paper, content })}\n`);
    return 0;
  }
  process.stdout.write(
    [
      `${organisation.name} is made in ${dir}.`,
      `Root public key (for --org): ${organisation.root}`,
      `Print the sheets in ${paper}, keep them apart, then delete that folder.`,
      `Edit ${content}, then run: lifeboat up --dir ${dir}`,
      'Two admins are safer than one: invite the second soon.',
      '',
    ].join('\n'),
  );
  return 0;
}
