import { type HeaderRules, type Headers, SHARING } from './header-rules.ts';
import { isText, TYPES, UNTYPED } from './types.ts';

/** Where and how the folder is served. */
export interface Place {
  /** The published folder on that server, an absolute path. */
  readonly root: string;
  /** The host name; with `plainPort` it may be anything. */
  readonly name: string;
  /** Plain HTTP on this port of the loopback address: behind a TLS proxy, or to try it. Null: HTTPS on 443. */
  readonly plainPort: number | null;
}

/**
 * A file for nginx's `conf.d` (≥ 1.18). Headers stand once, as maps over `$uri`: nginx drops a server's headers in every
 * location that adds one of its own. `$uri` is the file that answers, so an error has the headers of the page that says it.
 */
export function nginxFile(rules: HeaderRules, place: Place): string {
  const varying = [...new Set(rules.rules.flatMap(({ headers }) => Object.keys(headers)))];
  return [
    '# Written by "lifeboat hosting --for nginx": again after each new version and each change of site.yaml.',
    '',
    ...varying.flatMap((name) => [...mapOf(rules, name), '']),
    'map "$http_service_worker:$uri" $lifeboat_foreign_worker {',
    '    default 0;',
    '    "script:/sw.js" 0;',
    '    ~^script: 1;',
    '}',
    '',
    'map $status $lifeboat_allow { default ""; 405 "GET, HEAD"; }',
    '',
    'server {',
    ...listening(place).map(indent),
    `    root ${quoted(place.root)};`,
    ...SERVING.map(indent),
    ...Object.entries(rules.everywhere).map(([name, value]) => indent(`add_header ${name} ${quoted(value)} always;`)),
    ...varying.map((name) => indent(`add_header ${name} $${variable(name)} always;`)),
    indent('add_header Allow $lifeboat_allow always;'),
    '',
    ...typing().map(indent),
    '',
    ...MISSING.map(indent),
    '}',
    ...(place.plainPort === null ? ['', ...TO_HTTPS(place.name)] : []),
    '',
  ].join('\n');
}

/** Without ranges: nginx says a 416 with every header twice, and no browser takes two that share. */
const SERVING = ['absolute_redirect off;', 'server_tokens off;', 'etag on;', 'max_ranges 0;', ''];

const SERVED = `try_files $uri \${uri}index.html =404;`;

const MISSING = [
  'error_page 405 /api/405.json;',
  'if ($request_method !~ ^(GET|HEAD)$) { return 405; }',
  '# Only /sw.js may become a service worker.',
  'if ($lifeboat_foreign_worker) { return 404; }',
  '# A page has a folder; any other folder is nothing at all, with its slash and without.',
  'if (-f $request_filename/index.html) { rewrite ^(.*[^/])$ $1/ permanent; }',
  'error_page 403 404 =404 /404.html;',
  `location / { ${SERVED} }`,
  'location ^~ /api/ {',
  '    error_page 403 404 =404 /api/404.json;',
  `    ${SERVED}`,
  String.raw`    location ~ /\. { return 404; }`,
  '}',
  String.raw`location ~ (^|/)\. { return 404; }`,
  'location ~ ^/_(headers|redirects)$ { return 404; }',
];

const TO_HTTPS = (name: string) => [
  'server {',
  '    listen 80;',
  '    listen [::]:80;',
  `    server_name ${name};`,
  '    location /.well-known/acme-challenge/ { root /var/www/html; }',
  '    location / { return 301 https://$host$request_uri; }',
  '}',
];

function listening({ name, plainPort }: Place): readonly string[] {
  if (plainPort !== null) return [`listen 127.0.0.1:${plainPort};`, `server_name ${name};`];
  const certificate = `/etc/letsencrypt/live/${name}`;
  return [
    'listen 443 ssl http2;',
    'listen [::]:443 ssl http2;',
    `server_name ${name};`,
    `ssl_certificate ${certificate}/fullchain.pem;`,
    `ssl_certificate_key ${certificate}/privkey.pem;`,
  ];
}

/** One header by path; empty where no rule has it, and nginx sends no empty header. */
function mapOf({ rules, otherwise }: HeaderRules, name: string): readonly string[] {
  const value = (headers: Headers) => quoted(headers[name] ?? '');
  const rows = rules.flatMap(({ paths, headers }) => paths.map((path) => `    ${keyOf(path)} ${value(headers)};`));
  // An error is readable by other origins where the answer would be: that follows from what was asked.
  if (name === SHARING) return [`map $request_uri $${variable(name)} {`, '    default "";', ...askedRows(rules), '}'];
  return [`map $uri $${variable(name)} {`, `    default ${value(otherwise)};`, ...rows, '}'];
}

function askedRows(rules: HeaderRules['rules']): readonly string[] {
  return rules.flatMap(({ paths, headers }) => {
    const value = headers[SHARING];
    if (value === undefined) return [];
    return paths.map((path) => `    ${askedKeyOf(path)} ${quoted(value)};`);
  });
}

/** What was asked has its query, and its slashes as they came: nginx takes several for one. */
function askedKeyOf(path: string): string {
  const key = keyOf(path.endsWith('*') ? path : `${path}*`).replace('~^/', '~^/+');
  return path.endsWith('*') ? key : `${key}(\\?|$)`;
}

function keyOf(path: string): string {
  return path.endsWith('*') ? `~^${path.slice(0, -1).replaceAll('.', String.raw`\.`)}` : path;
}

function typing(): readonly string[] {
  const bare = (type: string) => type.split(';')[0] ?? type;
  const texts = Object.values(TYPES).filter(isText).map(bare);
  const charsets = Object.values(TYPES).filter((type) => type.includes('charset='));
  return [
    `types { ${Object.entries(TYPES)
      .map(([ending, type]) => `${bare(type)} ${ending};`)
      .join(' ')} }`,
    `default_type ${UNTYPED};`,
    'charset utf-8;',
    `charset_types ${notHtml(charsets.map(bare))};`,
    'gzip on;',
    'gzip_vary on;',
    'gzip_proxied any;',
    'gzip_comp_level 6;',
    'gzip_min_length 256;',
    `gzip_types ${notHtml(texts)};`,
  ];
}

/** nginx takes HTML by itself, and warns when it is named. */
function notHtml(types: readonly string[]): string {
  return types.filter((type) => type !== 'text/html').join(' ');
}

function variable(header: string): string {
  return `lifeboat_${header.toLowerCase().replaceAll('-', '_')}`;
}

function quoted(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}

function indent(line: string): string {
  return line === '' ? '' : `    ${line}`;
}
