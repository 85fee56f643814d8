import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { unreadable } from '../unreadable.ts';
import { ContentError, mistake } from './content-error.ts';
import { line, map } from './site-fields.ts';
import { parseYaml } from './yaml-file.ts';
import { sentence } from './yaml-mistake.ts';

const FILE = 'hosting.yaml';

/** What no question over the network can find out: who is behind a host. Only `lifeboat doctor` reads it. */
export interface ToldHost {
  readonly host: string;
  readonly cloud: string | null;
  readonly registrar: string | null;
  /** Who runs the name servers of its domain. */
  readonly dns: string | null;
}

const owner = v.optional(line);
const host = map({ host: line, cloud: owner, registrar: owner, dns: owner });
const schema = map({ hosts: v.optional(v.array(host, 'a list of hosts'), []) });

/** The hosting.yaml of a content folder; nothing where there is none. @throws ContentError */
export async function readHosting(content: string): Promise<readonly ToldHost[]> {
  const path = join(content, FILE);
  const source = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw new ContentError(unreadable(path, error));
  });
  return parseHosting(source);
}

/** The same for a text. */
function parseHosting(source: string): readonly ToldHost[] {
  const yaml = parseYaml(source, FILE);
  const result = v.safeParse(schema, yaml.value ?? {});
  if (!result.success) {
    const { path, text } = sentence(result.issues[0]);
    throw mistake(FILE, yaml.line(path), text);
  }
  return result.output.hosts.map(({ host: name, cloud = null, registrar = null, dns = null }) => {
    // As a URL writes it.
    return { host: name.toLowerCase(), cloud, registrar, dns };
  });
}
