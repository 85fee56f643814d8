import { spawn } from 'node:child_process';
import { PlainError } from '../../plain-error.ts';
import { shownRemote } from './remote-name.ts';

/** Longer than any sensible run: a first copy of a large site over a slow line. */
const DEADLINE_MS = 600_000;

/** Silent connections end early, nothing asks a person, and a run tries once: when to try again is the courier's affair. */
const ALWAYS = [
  '--contimeout=10s',
  '--timeout=60s',
  '--retries=1',
  '--low-level-retries=3',
  '--ask-password=false',
  '--log-level=ERROR',
  '--stats=0',
];

export interface Ran {
  readonly stdout: string;
}

export interface RcloneRun {
  readonly args: readonly string[];
  /** The remote among the arguments: its parameters must not stand in an error. */
  readonly remote: string;
  readonly stdin?: string;
  readonly signal?: AbortSignal;
  /** Exit codes that are an answer and no failure. */
  readonly accept?: readonly number[];
}

/** Runs the operator's rclone (`PATH`, `RCLONE_CONFIG`); rejects with its last words. */
export function runRclone({ args, remote, stdin = '', signal, accept = [0] }: RcloneRun): Promise<Ran> {
  const deadline = AbortSignal.timeout(DEADLINE_MS);
  const stop = signal === undefined ? deadline : AbortSignal.any([signal, deadline]);
  return new Promise((resolve, reject) => {
    const child = spawn('rclone', [...args, ...ALWAYS], { stdio: 'pipe', signal: stop, killSignal: 'SIGKILL' });
    let [stdout, words] = ['', ''];
    child.stdout.on('data', (data) => (stdout += String(data)));
    child.stderr.on('data', (data) => (words = (words + String(data)).slice(-4000)));
    // It may end before it has read its list; its exit code says more.
    child.stdin.on('error', () => {});
    child.stdin.end(stdin);
    child.on('error', (error) => reject(startError(error, deadline)));
    child.on('close', (code, killed) => {
      if (code !== null && accept.includes(code)) resolve({ stdout });
      else reject(new Error(`rclone ended with ${code ?? killed}: ${lastWords(words, remote)}`));
    });
  });
}

/** Throws a PlainError where there is no rclone. */
export async function findRclone(): Promise<void> {
  await runRclone({ args: ['version'], remote: '' });
}

function startError(error: NodeJS.ErrnoException, deadline: AbortSignal): Error {
  if (error.code === 'ENOENT')
    return new PlainError('rclone is not installed here: install it (https://rclone.org), or give --to a folder.');
  if (deadline.aborted) return new Error(`rclone took longer than ${DEADLINE_MS / 60_000} minutes.`);
  return error;
}

/** The last line, without the time before it and without the remote's parameters. */
function lastWords(words: string, remote: string): string {
  const line = words.trim().split('\n').at(-1) ?? '';
  const bare = line.replace(/^\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d (ERROR|CRITICAL|NOTICE|Fatal error)?\s*:?\s*/, '');
  return (bare.replaceAll(remote, shownRemote(remote)) || 'it said nothing').replace(/\.?$/, '.');
}
