import { createInterface } from 'node:readline/promises';
import { PlainError } from '../plain-error.ts';

/** Asks a person; an input that is closed says no. */
export async function asksYes(question: string): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const closed = new Promise<string>((resolve) => terminal.once('close', () => resolve('')));
  const answer = await Promise.race([terminal.question(`${question} [y/N] `), closed]);
  terminal.close();
  return /^y(es)?$/i.test(answer.trim());
}

/** Goes on only with --yes or after a yes on the terminal. @throws PlainError */
export async function confirm(question: string, yes: boolean): Promise<void> {
  if (yes) return;
  if (!process.stdin.isTTY) throw new PlainError(`${question} Say --yes: there is no terminal to ask on.`);
  if (!(await asksYes(question))) throw new PlainError('Nothing was changed.', 1);
}
