import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import * as v from 'valibot';
import type { Site, SiteComponent } from '../../model/site.ts';
import { unreadable } from '../unreadable.ts';
import { ContentError, mistake } from './content-error.ts';
import { siteFile } from './content-folder.ts';
import { mistakes } from './site-mistakes.ts';
import { type SiteSource, siteSchema } from './site-schema.ts';
import type { SiteVariables } from './site-variables.ts';
import { parseYaml } from './yaml-file.ts';
import { sentence } from './yaml-mistake.ts';

/**
 * The site.yaml of `folder`, checked; the demo's where the folder has none, which `say` is told.
 * `variables` fill `{site}`, `{relay1}` … in addresses.
 * @throws ContentError: one sentence with file and line for the first mistake.
 */
export async function readSite(
  folder: string,
  variables: SiteVariables,
  say: (sentence: string) => void = (text) => process.stderr.write(`${text}\n`),
): Promise<Site> {
  const { path, demo } = await siteFile(folder);
  if (demo) say(`${folder} has no site.yaml: the demo's is used.`);
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new ContentError(unreadable(path, error));
  });
  return parseSite(text, basename(path), variables);
}

/** The same for a text; `file` is the name that a mistake is reported with. */
export function parseSite(text: string, file: string, variables: SiteVariables): Site {
  const yaml = parseYaml(text, file);
  const result = v.safeParse(siteSchema(variables), yaml.value);
  const found = result.success ? mistakes(result.output) : result.issues.map(sentence);
  const byLine = found.map((one) => ({ ...one, line: yaml.line(one.path) })).sort((a, b) => a.line - b.line);
  if (byLine[0]) throw mistake(file, byLine[0].line, byLine[0].text);
  if (!result.success) throw mistake(file, undefined, 'this is not a site.');
  return siteOf(result.output);
}

function siteOf(source: SiteSource): Site {
  const grouped = source.groups.flatMap((group) =>
    group.components.map((component) => ({ ...component, group: group.id })),
  );
  return {
    name: source.name,
    url: source.url ?? null,
    language: source.language,
    time_zone: source.time_zone,
    groups: source.groups.map(({ id, name }) => ({ id, name })),
    components: [...grouped, ...source.components].map(
      ({ id, name, description = null, group = null, probes }): SiteComponent => ({
        id,
        name,
        description,
        group,
        probes,
      }),
    ),
    vendors: source.vendors.map(({ id, name, lifeline = null, probes }) => ({ id, name, lifeline, probes })),
    valid_for_ms: source.valid_for,
    publish_every_ms: source.publish_every,
    quorum: source.quorum,
    relays: source.relays,
    mirrors: source.mirrors,
    api: source.api,
    ...(source.notify === undefined
      ? {}
      : { notify: { webhooks: source.notify.webhooks, push: source.notify.push ?? null } }),
  };
}
