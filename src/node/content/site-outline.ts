import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import * as v from 'valibot';
import { ContentError, mistake } from './content-error.ts';
import { contentFolder, DEMO_FOLDER, siteFile } from './content-folder.ts';
import { parseYaml } from './yaml-file.ts';
import { sentence } from './yaml-mistake.ts';

/** What a site.yaml says whatever its placeholders stand for. */
export interface SiteOutline {
  /** Where the public page lives; null where that is not written, or written with a placeholder. */
  readonly url: string | null;
  /** Ids. */
  readonly components: readonly string[];
}

const components = v.optional(v.array(v.object({ id: v.string('an id') }, 'a component'), 'a list of components'), []);
const outline = v.object({
  url: v.optional(v.string('an address')),
  groups: v.optional(v.array(v.object({ components }, 'a group'), 'a list of groups'), []),
  components,
});

/**
 * The outline of the site.yaml for the organisation in `dir`. Null where it has none, and where that cannot be read, which
 * `say` is told: whoever posts in an outage is not to be kept from it by a mistake in a file. The demo's counts only where
 * `withDemo`.
 */
export async function readOutline(
  dir: string,
  withDemo: boolean,
  say: (sentence: string) => void = (text) => process.stderr.write(`${text}\n`),
): Promise<SiteOutline | null> {
  try {
    const content = await contentFolder(process.env, dir);
    const { path, demo } = await siteFile(content);
    const isDemo = demo || content === DEMO_FOLDER;
    return isDemo && !withDemo ? null : parseOutline(await readFile(path, 'utf8'), basename(path));
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    say(
      error instanceof ContentError
        ? error.message
        : `site.yaml cannot be read (${error.message}); going on without it.`,
    );
    return null;
  }
}

function parseOutline(text: string, file: string): SiteOutline {
  const yaml = parseYaml(text, file);
  const { success, output, issues } = v.safeParse(outline, yaml.value);
  if (!success) {
    const { path, text: what } = sentence(issues[0]);
    throw mistake(file, yaml.line(path), what);
  }
  const grouped = output.groups.flatMap((group) => group.components);
  return {
    url: output.url !== undefined && /^https?:/.test(output.url) && URL.canParse(output.url) ? output.url : null,
    components: [...grouped, ...output.components].map(({ id }) => id),
  };
}
