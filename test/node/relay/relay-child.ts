import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';
import { root } from './organisation.ts';

const CLI = new URL('../../../src/node/cli.ts', import.meta.url).pathname;

const TRACER = 'strace';

/** A relay as a process of its own, on a file of its own. */
export interface RelayChild {
  /** WebSocket address; null where the process ended before it was ready. */
  readonly url: string | null;
  /** What it said on stderr so far. */
  said(): string;
  signal(signal: NodeJS.Signals): void;
  /** Resolves when it has ended: exit code, or the signal's name. */
  readonly ended: Promise<number | string>;
}

export const freshDatabase = (folder = tmpdir()) => join(mkdtempSync(join(folder, 'lifeboat-relay-')), 'relay.db');

export function hasStrace(): boolean {
  return spawnSync(TRACER, ['-f', 'true']).status === 0;
}

/** Starts a relay and waits until it is ready or has ended; `traced` are options of strace, under which it then runs. */
export async function spawnRelayChild(db: string, traced: readonly string[] = []): Promise<RelayChild> {
  const relay = [process.execPath, CLI, 'relay', '--org', root.pk, '--port', '0', '--json', '--db', db];
  const words = traced.length === 0 ? relay : [TRACER, '-f', '-o', `${db}.trace`, ...traced, ...relay];
  const [command = '', ...args] = words;
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let stderr = '';
  child.stderr.on('data', (data: Buffer) => {
    stderr += data.toString();
  });
  const ended = once(child, 'close').then(([code, signal]) => (signal ?? code) as number | string);
  const signal = (name: NodeJS.Signals) => {
    if (!hasEnded(child))
      for (const pid of traced.length === 0 ? [child.pid ?? 0] : childrenOf(child)) process.kill(pid, name);
  };
  onTestFinished(async () => {
    if (hasEnded(child)) return;
    signal('SIGKILL');
    await ended;
  });
  const line = once(createInterface(child.stdout), 'line').then(([text]) => String(text));
  const first = await Promise.race([line, ended.then(() => null)]);
  const url = first === null ? null : (JSON.parse(first) as { url: string }).url;
  return { url, said: () => stderr, signal, ended };
}

/** strace holds signals back while it traces, so they go to the relay itself. */
function childrenOf({ pid }: ChildProcess): readonly number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

/** `npm test` samples what takes minutes in full; LIFEBOAT_THOROUGH=1 leaves nothing out. */
export const isThorough = process.env['LIFEBOAT_THOROUGH'] !== undefined;
