import type { HeaderRules, Headers } from './header-rules.ts';
import type { Place } from './nginx.ts';
import { isText, TYPES, UNTYPED } from './types.ts';

/**
 * A Caddyfile (Caddy ≥ 2.5). With a host name, Caddy gets the certificate by itself. An error is rewritten to the page that says
 * it, and takes that page's headers: they are set once more there.
 */
export function caddyFile(rules: HeaderRules, { root, name, plainPort }: Place): string {
  const site = plainPort === null ? name : `http://127.0.0.1:${plainPort}`;
  const classes = classesOf(rules);
  return [
    '# Written by "lifeboat hosting --for caddy": again after each new version and each change of site.yaml.',
    '',
    '(lifeboat_headers) {',
    ...[['', rules.everywhere] as const, ...classes.map(({ name, headers }) => [`@${name} `, headers] as const)]
      .flatMap(([matcher, headers]) => setting(matcher, headers))
      .map(indent),
    '}',
    '',
    `${site} {`,
    indent(`root * ${quoted(root)}`),
    ...COMPRESSED.map(indent),
    ...classes.map(({ name, matches }) => indent(`@${name} ${matches}`)),
    indent('import lifeboat_headers'),
    ...SERVED.map(indent),
    '}',
    '',
  ].join('\n');
}

const COMPRESSED = [
  'encode {',
  '\tzstd',
  '\tgzip',
  '\tminimum_length 256',
  '\tmatch {',
  ...[...new Set(Object.values(TYPES).filter(isText))].map(
    (type) => `\t\theader Content-Type "${type.split(';')[0]}*"`,
  ),
  '\t}',
  '}',
];

const SERVED = [
  '# Only /sw.js may become a service worker.',
  '@foreign_worker {',
  '\theader Service-Worker script',
  '\tnot path /sw.js',
  '}',
  'error @foreign_worker 404',
  '@writing not method GET HEAD',
  'error @writing 405',
  '# Hidden, for hosts, or no name that a disk could have.',
  String.raw`@hidden path_regexp (^|/)\.|^/_(headers|redirects)$|[^/]{256}|[^!-~]`,
  'error @hidden 404',
  'file_server',
  'handle_errors {',
  '\troute {',
  '\t\t@method expression {http.error.status_code} == 405',
  '\t\t@api {',
  '\t\t\tpath /api/*',
  '\t\t\tnot expression {http.error.status_code} == 405',
  '\t\t}',
  '\t\t@other {',
  '\t\t\tnot path /api/*',
  '\t\t\tnot expression {http.error.status_code} == 405',
  '\t\t}',
  '\t\theader @method Allow "GET, HEAD"',
  '\t\trewrite @method /api/405.json',
  '\t\trewrite @api /api/404.json',
  '\t\trewrite @other /404.html',
  '\t\timport lifeboat_headers',
  '\t\tfile_server',
  '\t}',
  '}',
];

interface PathClass {
  readonly name: string;
  /** What follows the name of a Caddy matcher. */
  readonly matches: string;
  readonly headers: Headers;
}

function classesOf({ rules, otherwise }: HeaderRules): readonly PathClass[] {
  const named = rules.flatMap(({ paths }) => paths);
  return [
    { name: 'other_paths', matches: `not path ${named.join(' ')}`, headers: otherwise },
    ...rules.map(({ paths, headers }, index) => {
      return { name: `rule_${index + 1}`, matches: `path ${paths.join(' ')}`, headers };
    }),
    { name: 'sealed', matches: 'path /vault/*', headers: { 'Content-Type': UNTYPED } },
    ...Object.entries(TYPES).map(([ending, type]) => {
      return { name: `type_${ending}`, matches: `path *.${ending}`, headers: { 'Content-Type': type } };
    }),
  ];
}

function setting(matcher: string, headers: Headers): readonly string[] {
  const lines = Object.entries(headers).map(([name, value]) => `\t${name} ${quoted(value)}`);
  return [`header ${matcher}{`, ...lines, '}'];
}

function quoted(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}

function indent(line: string): string {
  return `\t${line}`;
}
