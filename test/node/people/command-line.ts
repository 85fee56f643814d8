import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { onTestFinished, vi } from 'vitest';
import { commandNamed } from '../../../src/node/commands.ts';
import { PlainError } from '../../../src/node/plain-error.ts';

const CLI = fileURLToPath(new URL('../../../src/node/cli.ts', import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** One sentence, as every command ends that could not do its work. */
export const ONE_SENTENCE = /^lifeboat: [^\n]+[.!?]\n$/;

/** Runs a command in this process, with the same answer as `cli.ts` gives; one at a time. */
export async function lifeboat(...args: readonly string[]): Promise<Ended> {
  const [word = '', ...rest] = args;
  const said = { stdout: '', stderr: '' };
  const spies = (['stdout', 'stderr'] as const).map((name) =>
    vi.spyOn(process[name], 'write').mockImplementation((text) => {
      said[name] += String(text);
      return true;
    }),
  );
  try {
    const code = await commandNamed(word)
      .then((command) => command(rest))
      .catch((error: unknown) => {
        said.stderr += `lifeboat: ${error instanceof Error ? error.message : String(error)}\n`;
        return error instanceof PlainError ? error.exitCode : 2;
      });
    return { code, ...said };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

/** The JSON that a command printed last; fails with its words where it printed none. */
export function jsonOf<Value = Record<string, unknown>>({ code, stdout, stderr }: Ended): Value {
  const last = stdout.trim().split('\n').at(-1) ?? '';
  try {
    return JSON.parse(last) as Value;
  } catch {
    throw new Error(`No JSON from a command that ended with ${code}: ${stdout}${stderr}`);
  }
}

/** Starts a command as a process of its own, killed when the test ends. */
export function startCommand(args: readonly string[]) {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', CLI, ...args], { stdio: 'pipe' });
  const said = { stdout: '', stderr: '' };
  child.stdout.on('data', (data) => (said.stdout += String(data)));
  child.stderr.on('data', (data) => (said.stderr += String(data)));
  const ended = new Promise<Ended>((resolve) => child.on('close', (code) => resolve({ code, ...said })));
  onTestFinished(() => void child.kill('SIGKILL'));
  return { child, said, ended };
}

export function runCommand(...args: readonly string[]): Promise<Ended> {
  const { child, ended } = startCommand(args);
  child.stdin.end();
  return ended;
}
