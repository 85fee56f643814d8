import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** A server that Lifeboat watches, in a process of its own, so that it can be killed as a real one is. */
export interface Stub {
  readonly port: number;
  kill(): Promise<void>;
}

const SERVERS = {
  http: "require('node:http').createServer((_, answer) => answer.end('{\"ok\":true}'))",
  tcp: "require('node:net').createServer((socket) => socket.on('error', () => {}))",
} as const;

export async function startStub(kind: keyof typeof SERVERS): Promise<Stub> {
  const script = `const server = ${SERVERS[kind]}; server.listen(0, '127.0.0.1', () => console.log(server.address().port))`;
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  const port = await new Promise<number>((resolve) => {
    createInterface({ input: child.stdout }).once('line', (line) => resolve(Number(line)));
  });
  return { port, kill: () => killed(child) };
}

function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGKILL');
  });
}
