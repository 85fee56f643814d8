import { isAbsolute } from 'node:path';
import { contentFolder } from '../content/content-folder.ts';
import { readSite } from '../content/site.ts';
import { siteVariables } from '../content/site-variables.ts';
import { readNumber, runWithOptions, type Values } from '../options.ts';
import { readOrganisation } from '../organisation/folder.ts';
import { PlainError } from '../plain-error.ts';
import { draftSite } from '../publish/assemble.ts';
import { buildSite } from '../publish/build.ts';
import { caddyFile } from './caddy.ts';
import { nginxFile, type Place } from './nginx.ts';
import { headersFile } from './underscore-files.ts';

const DRAWN = {
  nginx: nginxFile,
  caddy: caddyFile,
  netlify: headersFile,
} as const;

const USAGE = {
  line: 'lifeboat hosting --for nginx|caddy|netlify [options]',
  does: 'Prints the configuration with which a host serves the published folder: headers, types, 404s.',
  options: {
    dir: { type: 'string', value: '<folder>', help: 'with organisation.json and content/', default: '.lifeboat' },
    for: { type: 'string', value: '<host>', help: 'nginx, caddy, or netlify (Cloudflare Pages reads the same)' },
    root: { type: 'string', value: '<folder>', help: 'the published folder on that server', default: '/srv/status' },
    name: {
      type: 'string',
      value: '<host name>',
      help: 'the name it answers to; that of url in site.yaml if left out',
    },
    port: { type: 'string', value: '<port>', help: 'plain HTTP on this loopback port instead, behind a TLS proxy' },
    relay: { type: 'list', value: '<address>', help: 'as given to publish; else those of site.yaml' },
    site: { type: 'string', value: '<address>', help: 'what {site} stands for in site.yaml' },
  },
} as const;

/** `lifeboat hosting`: prints one file on stdout; throws PlainError for wrong use. */
export function hostingCommand(args: readonly string[]): Promise<number> {
  return runWithOptions(args, USAGE, run);
}

async function run(values: Values<typeof USAGE.options>): Promise<number> {
  const draw = Object.entries(DRAWN).find(([host]) => host === values.for)?.[1];
  if (draw === undefined) throw new PlainError(`Say --for ${Object.keys(DRAWN).join(', --for ')}.`);
  if (!isAbsolute(values.root)) throw new PlainError(`--root must be an absolute path, not "${values.root}".`);
  const { root } = await readOrganisation(values.dir);
  const given = values.relay;
  const written = await readSite(await contentFolder(process.env, values.dir), siteVariables(given, values.site));
  const site = given.length > 0 ? { ...written, relays: given } : written;
  const plainPort = values.port === undefined ? null : readNumber('port', values.port, 1, 65_535);
  const dist = await buildSite({ say: (sentence) => process.stderr.write(`${sentence}\n`) });
  const { rules } = await draftSite(dist, site, root);
  process.stdout.write(
    draw(rules, {
      root: values.root,
      name: nameOf(values.name, site.url, values.for === 'netlify' || plainPort !== null),
      plainPort,
    } satisfies Place),
  );
  return 0;
}

/** `anyName`: the configuration is right under every name. */
function nameOf(given: string | undefined, url: string | null, anyName: boolean): string {
  const known = url === null ? undefined : new URL(url).hostname;
  const name = given ?? known ?? (anyName ? 'localhost' : undefined);
  if (name === undefined) throw new PlainError('The host name is not known: give --name, or put url into site.yaml.');
  if (/^[a-z0-9.-]+$/i.test(name)) return name;
  throw new PlainError(`--name must be a host name such as status.example, not "${name}".`);
}
