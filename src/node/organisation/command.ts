import { cp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { stringify } from 'yaml';
import { DEMO_FOLDER } from '../content/content-folder.ts';
import { line } from '../content/site-fields.ts';
import { runWithOptions, type Values } from '../options.ts';
import { PlainError } from '../plain-error.ts';
import { createOrganisation } from './create.ts';
import { writableFolder, writeWhole } from './folder.ts';

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
  const { json } = values;
  const name = readName(values.name);
  const dir = await writableFolder(values.dir);
  const { organisation, paper } = await createOrganisation(dir, name);
  const content = join(dir, 'content');
  await cp(DEMO_FOLDER, content, { recursive: true, errorOnExist: true, force: false });
  await namePage(join(content, 'site.yaml'), name);
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

/** A name that site.yaml may have, since the page shows that one. */
function readName(text = ''): string {
  if (text.trim() === '') throw new PlainError('--name is missing; give the name that the page shows.');
  const { success, output, issues } = v.safeParse(line, text);
  if (!success) throw new PlainError(`--name must be ${issues[0].message}.`);
  return output;
}

async function namePage(path: string, name: string): Promise<void> {
  const demo = await readFile(path, 'utf8');
  await writeWhole(
    path,
    demo.replace(/^name: .*\n/m, () => stringify({ name }, { lineWidth: 0 })),
  );
}
