import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { ROOT } from './organisation.ts';

const CLI = new URL('../../src/node/cli.ts', import.meta.url).pathname;
const running = new Set<ChildProcess>();
// Nothing outlives the bench, however it ends.
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(1));

export interface Server {
  readonly pid: number;
  readonly port: number;
  /** SIGKILL; resolves when the process is gone. */
  kill(): Promise<void>;
}

/** `lifeboat relay`, as its command line starts it. */
export async function startRelay(db: string, port = 0, ...more: readonly string[]): Promise<Server & { url: string }> {
  const options = ['--port', String(port), '--db', db, '--org', ROOT, '--json', ...more];
  const child = track(spawn(process.execPath, [CLI, 'relay', ...options], { stdio: ['ignore', 'pipe', 'inherit'] }));
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  const ready = JSON.parse(line) as { url: string; port: number };
  return { ...serverOf(child, ready.port), url: ready.url };
}

/** Any other server; resolves when it takes connections on `port`, rejects when it ends before. */
export async function startServer(command: string, args: readonly string[], port: number): Promise<Server> {
  const child = track(spawn(command, args, { stdio: 'ignore' }));
  await Promise.race([
    listening(port),
    once(child, 'exit').then(([code]) => {
      throw new Error(`${command} ended with ${code} before it listened.`);
    }),
  ]);
  return serverOf(child, port);
}

function track<Child extends ChildProcess>(child: Child): Child {
  running.add(child);
  child.once('exit', () => running.delete(child));
  return child;
}

function serverOf(child: ChildProcess, port: number): Server {
  return {
    pid: child.pid ?? 0,
    port,
    kill: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** The most memory that the process ever held (resident), in MiB; NaN where the system does not say. */
export function peakMemory({ pid }: Server): number {
  try {
    const kib = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return Number(kib) / 1024;
  } catch {
    // Only Linux has this file.
    return Number.NaN;
  }
}

/** Seconds of processor time that the process has used; NaN where the system does not say. */
export function processorTime({ pid }: Server): number {
  try {
    const afterName = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    // Fields 14 and 15 of proc(5), in ticks of 10 ms.
    return (Number(afterName[11]) + Number(afterName[12])) / 100;
  } catch {
    // Only Linux has this file.
    return Number.NaN;
  }
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function listening(port: number): Promise<void> {
  const end = performance.now() + 10_000;
  while (performance.now() < end) {
    const socket = connect(port, '127.0.0.1');
    const open = await once(socket, 'connect').then(
      () => true,
      () => false,
    );
    socket.destroy();
    if (open) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`Nothing listened on port ${port} within 10 s.`);
}

/** A folder that is gone when `work` is done. */
export async function inFolder<Result>(work: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'lifeboat-bench-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Resolves when `condition` holds; throws after `seconds`. */
export async function until(what: string, condition: () => boolean, seconds = 300): Promise<void> {
  const end = performance.now() + seconds * 1000;
  while (!condition()) {
    if (performance.now() > end) throw new Error(`Not within ${seconds} s: ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
