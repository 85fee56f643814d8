import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, readlink, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { PROJECT } from '../quality/sources.ts';

/** What `up --json` says first. */
export interface Ready {
  readonly site: string;
  readonly bridge: string;
  readonly relays: readonly string[];
  readonly org: string;
  readonly dir: string;
}

export interface RunningLifeboat extends Ready {
  /** Every line of JSON after the first, as they came. */
  readonly happened: readonly Record<string, unknown>[];
  /** All processes: the launcher, `up`, and its relays. */
  pids(): Promise<readonly number[]>;
  signalAll(signal: NodeJS.Signals): Promise<void>;
  /** Ends it with Ctrl-C and resolves with the exit code. */
  stop(): Promise<number | null>;
  /** Kills everything at once and removes the folder. */
  destroy(): Promise<void>;
}

export interface Start {
  /** Folder with site.yaml, runbooks/ …; default: the demo. */
  readonly content?: string;
  readonly dir?: string;
  readonly port?: number;
}

const READY_WITHIN_MS = 90_000;

/** Runs the command line with `args`; resolves with what it printed and its exit code. */
export function lifeboat(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  return new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve) => {
    const child = begin(args, env);
    const [stdout, stderr] = [collect(child.stdout), collect(child.stderr)];
    child.on('close', (code) => resolve({ code, stdout: stdout(), stderr: stderr() }));
  });
}

/** Starts `lifeboat up` on free ports in a folder of its own; resolves when it says that it is ready. */
export async function startLifeboat({ content, dir, port = 0 }: Start = {}): Promise<RunningLifeboat> {
  const folder = dir ?? (await mkdtemp(join(tmpdir(), 'lifeboat-')));
  const env: Record<string, string> = content === undefined ? {} : { LIFEBOAT_CONTENT: content };
  const child = begin(['up', '--json', '--port', String(port), '--dir', folder], env);
  const stderr = collect(child.stderr);
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  const happened: Record<string, unknown>[] = [];
  const ready = await new Promise<Ready>((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`up was not ready in time: ${stderr()}`)), READY_WITHIN_MS);
    void ended.then((code) => reject(new Error(`up ended with ${code}: ${stderr()}`)));
    createInterface({ input: child.stdout }).on('line', (line) => {
      const value = JSON.parse(line) as Record<string, unknown>;
      if ('site' in value) {
        clearTimeout(late);
        resolve(value as unknown as Ready);
      } else happened.push(value);
    });
  });
  const pids = () => family(child.pid ?? 0);
  const signalAll = async (signal: NodeJS.Signals) => {
    for (const pid of await pids()) send(pid, signal);
  };
  return {
    ...ready,
    happened,
    pids,
    signalAll,
    async stop() {
      child.kill('SIGINT');
      return ended;
    },
    async destroy() {
      await signalAll('SIGKILL');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function begin(args: readonly string[], env: Readonly<Record<string, string>>) {
  const script = join(PROJECT, 'src', 'node', 'begin.mjs');
  return spawn(process.execPath, [script, ...args], {
    cwd: PROJECT,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

function collect(stream: NodeJS.ReadableStream): () => string {
  let text = '';
  stream.on('data', (data) => {
    text += String(data);
  });
  return () => text;
}

export function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** `pid` and all its descendants, read from /proc. */
async function family(pid: number): Promise<readonly number[]> {
  const parents = new Map<number, number>();
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const text = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '');
    const parent = text.slice(text.lastIndexOf(')') + 2).split(' ')[1];
    if (parent !== undefined) parents.set(Number(name), Number(parent));
  }
  const found = [pid];
  for (const known of found) for (const [child, parent] of parents) if (parent === known) found.push(child);
  return found;
}

/** The process that listens on `port` of this machine. */
export async function listenerOn(port: number, among: readonly number[]): Promise<number> {
  const wanted = port.toString(16).toUpperCase().padStart(4, '0');
  const rows = (await readFile('/proc/net/tcp', 'utf8')).split('\n').map((row) => row.trim().split(/\s+/));
  const inode = rows.find((row) => row[1]?.endsWith(`:${wanted}`) === true && row[3] === '0A')?.[9];
  for (const pid of among) {
    for (const file of await readdir(`/proc/${pid}/fd`).catch(() => [])) {
      const target = await readlink(`/proc/${pid}/fd/${file}`).catch(() => '');
      if (target === `socket:[${inode}]`) return pid;
    }
  }
  throw new Error(`No process of this Lifeboat listens on port ${port}.`);
}

/** The command line of a running process, to start it again as it was. */
export async function commandOf(pid: number): Promise<readonly string[]> {
  return (await readFile(`/proc/${pid}/cmdline`, 'utf8')).split('\0').slice(0, -1);
}
