import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const SERVER = fileURLToPath(new URL('stub-server.ts', import.meta.url));

export interface Stub {
  readonly port: number;
  readonly url: string;
  /** SIGSTOP freezes it, SIGCONT thaws it. */
  signal(name: 'SIGSTOP' | 'SIGCONT'): void;
  kill(): Promise<void>;
}

const running = new Set<ChildProcess>();

/** Starts a server in a process of its own. */
export async function startStub(kind: 'http' | 'tcp', port = 0): Promise<Stub> {
  const child = spawn(process.execPath, [SERVER, kind, String(port)], { stdio: ['ignore', 'pipe', 'inherit'] });
  running.add(child);
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const found = Number(line.toString().trim());
  return {
    port: found,
    url: `http://127.0.0.1:${found}`,
    signal: (name) => child.kill(name),
    kill: () => end(child),
  };
}

/** Ends every stub that a test left running. */
export async function killStubs(): Promise<void> {
  await Promise.all([...running].map(end));
}

async function end(child: ChildProcess): Promise<void> {
  running.delete(child);
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}
