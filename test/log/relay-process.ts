import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { onTestFinished } from 'vitest';
import { ROOT } from './signing.ts';

/** A relay as a process of its own, so that it can be killed and frozen like one. */
export interface RelayProcess {
  readonly url: string;
  start(): Promise<void>;
  /** SIGKILL. */
  kill(): Promise<void>;
  signal(signal: 'SIGSTOP' | 'SIGCONT'): void;
}

const COMMAND = new URL('../../src/node/relay/command.ts', import.meta.url).href;

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** Not started yet; `db` is the path of its database. */
export async function makeRelay(db: () => string): Promise<RelayProcess> {
  const port = await freePort();
  let child: ChildProcess | null = null;
  const kill = async () => {
    if (child === null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    child = null;
    await ended;
  };
  onTestFinished(kill);
  return {
    url: `ws://127.0.0.1:${port}`,
    start: async () => {
      const args = ['--port', String(port), '--host', '127.0.0.1', '--db', db(), '--org', ROOT];
      const run = `import(${JSON.stringify(COMMAND)}).then(({ relayCommand }) => relayCommand(${JSON.stringify(args)}))`;
      child = spawn(process.execPath, ['-e', run], { stdio: ['ignore', 'pipe', 'inherit'] });
      const { stdout } = child;
      if (stdout !== null) await once(stdout, 'data');
    },
    kill,
    signal: (signal) => child?.kill(signal),
  };
}
