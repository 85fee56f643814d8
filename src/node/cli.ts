import { commandList, commandNamed } from './commands.ts';
import { PlainError } from './plain-error.ts';

/** Runs one command; whatever goes wrong reaches the person as one sentence on stderr. */
async function run(args: readonly string[]): Promise<number> {
  const [word, ...rest] = args;
  if (word === undefined || word === '--help' || word === 'help') {
    process.stdout.write(commandList());
    return word === undefined ? 2 : 0;
  }
  const command = await commandNamed(word);
  return command(rest);
}

function explain(error: unknown): number {
  const sentence = error instanceof Error ? error.message : String(error);
  process.stderr.write(`lifeboat: ${sentence}\n`);
  // A trace is for those who mend Lifeboat itself, never for a person in an outage.
  if (process.env['LIFEBOAT_TRACE'] !== undefined && error instanceof Error) process.stderr.write(`${error.stack}\n`);
  return error instanceof PlainError ? error.exitCode : 2;
}

// What the log warns of reaches a person as its sentence, without the trace that Node would print.
console.warn = (...parts: readonly unknown[]) =>
  void process.stderr.write(
    `${parts.map((part) => (part instanceof Error ? part.message : String(part))).join(' ')}\n`,
  );
// A reader such as `head` may close the pipe early; that is no error of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 2));
// The channel falls when the launcher (or `up`, for its relays) dies, however it dies; it must not keep a command alive.
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));
process.channel?.unref();
process.exitCode = await run(process.argv.slice(2)).catch(explain);
