import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startHost } from '../../../src/node/host/host.ts';
import { caddyFile } from '../../../src/node/hosting/caddy.ts';
import type { HeaderRules } from '../../../src/node/hosting/header-rules.ts';
import { nginxFile, type Place } from '../../../src/node/hosting/nginx.ts';

export interface Served {
  readonly url: string;
  close(): Promise<unknown>;
}

export interface HostUnderTest {
  readonly name: string;
  readonly program: string | null;
  readonly serve: (folder: string, rules: HeaderRules) => Promise<Served>;
}

export const HOSTS: readonly HostUnderTest[] = [
  {
    name: 'our own host',
    program: null,
    serve: (folder) => startHost({ folder, port: 0, host: '127.0.0.1' }),
  },
  {
    name: 'nginx',
    program: '/usr/sbin/nginx',
    serve: (folder, rules) =>
      run(folder, async (place, at) => {
        await writeFile(join(at, 'site.conf'), nginxFile(rules, place));
        await writeFile(join(at, 'nginx.conf'), nginxMain(at));
        return ['/usr/sbin/nginx', '-p', at, '-c', join(at, 'nginx.conf'), '-e', join(at, 'error.log')];
      }),
  },
  {
    name: 'Caddy',
    program: '/usr/bin/caddy',
    serve: (folder, rules) =>
      run(folder, async (place, at) => {
        // Its administration port is of no use here, and may be taken.
        await writeFile(join(at, 'Caddyfile'), `{\n\tadmin off\n}\n${caddyFile(rules, place)}`);
        return ['/usr/bin/caddy', 'run', '--config', join(at, 'Caddyfile'), '--adapter', 'caddyfile'];
      }),
  },
];

export const isThere = ({ program }: HostUnderTest): boolean => program === null || existsSync(program);

/** What a distribution's nginx.conf has around `conf.d`, for a user who is not root. */
function nginxMain(at: string): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${at}/tmp;`);
  return [
    'daemon off;',
    'worker_processes 1;',
    `pid ${at}/pid;`,
    'events { worker_connections 64; }',
    `http { access_log off; ${temporary.join(' ')} include ${at}/site.conf; }`,
    // A worker of root may not read the folder of another user.
    ...(process.getuid?.() === 0 ? ['user root;'] : []),
  ].join('\n');
}

async function run(folder: string, prepare: (place: Place, at: string) => Promise<readonly string[]>): Promise<Served> {
  const at = await mkdtemp(join(tmpdir(), 'lifeboat-hosting-'));
  const port = await freePort();
  const [program = '', ...args] = await prepare({ root: folder, name: 'localhost', plainPort: port }, at);
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, HOME: at } });
  let words = '';
  child.stderr.on('data', (data) => (words += String(data)));
  const url = `http://127.0.0.1:${port}/`;
  await answering(url, child, () => words);
  return {
    url,
    close: async () => {
      const ended = new Promise((resolve) => child.once('close', resolve));
      child.kill('SIGTERM');
      await ended;
      await rm(at, { recursive: true, force: true });
    },
  };
}

async function answering(url: string, child: ChildProcess, words: () => string): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if (child.exitCode !== null) throw new Error(`The host ended: ${words()}`);
    if (
      await fetch(url).then(
        () => true,
        () => false,
      )
    )
      return; // Refused: it is still starting.
    await pause(50);
  }
  throw new Error(`The host does not answer: ${words()}`);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
