import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { PlainError } from '../plain-error.ts';
import { HOST } from './ports.ts';

export interface RelayProcess {
  close(): Promise<void>;
}

export interface RelayPlace {
  readonly port: number;
  readonly db: string;
  readonly root: string;
  /** Called when the process ends without being asked to; `command` starts it again. */
  onExit(how: string, command: string): void;
}

const CLI = fileURLToPath(new URL('../cli.ts', import.meta.url));
const READY_WITHIN_MS = 15_000;
const STOP_WITHIN_MS = 5_000;

/** Starts one relay as a process of its own, so that its fall takes nothing along; resolves when it answers. */
export async function startRelayProcess(place: RelayPlace): Promise<RelayProcess> {
  const args = ['relay', '--port', String(place.port), '--host', HOST, '--db', place.db, '--org', place.root];
  const nodeArgs = ['--disable-warning=ExperimentalWarning', CLI, ...args];
  // The channel ends when this process does, and the relay with it; its words on stderr are for the person.
  const child = spawn(process.execPath, nodeArgs, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  let stopping = false;
  const ended = new Promise<string>((resolve) => {
    child.once('exit', (code, signal) => resolve(signal === null ? `exit code ${code}` : signal));
  });
  await Promise.race([
    answering(place.port),
    ended.then((how) => {
      throw new PlainError(`The relay on port ${place.port} did not start (${how}).`);
    }),
  ]);
  void ended.then((how) => {
    if (!stopping) place.onExit(how, `npx lifeboat ${args.join(' ')}`);
  });
  return {
    async close() {
      stopping = true;
      await stop(child, ended);
    },
  };
}

async function stop(child: ChildProcess, ended: Promise<string>): Promise<void> {
  child.kill('SIGTERM');
  // A frozen process takes no SIGTERM, and Ctrl-C must end all the same.
  const hard = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
  await ended;
  clearTimeout(hard);
}

async function answering(port: number): Promise<void> {
  const deadline = Date.now() + READY_WITHIN_MS;
  for (;;) {
    const answer = await fetch(`http://${HOST}:${port}/healthz`, { signal: AbortSignal.timeout(1_000) }).catch(
      () => undefined,
    );
    if (answer?.ok === true) return;
    if (Date.now() > deadline) throw new PlainError(`The relay on port ${port} does not answer after 15 seconds.`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
