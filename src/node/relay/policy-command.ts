import { createInterface } from 'node:readline';
import { runWithOptions, type Values } from '../options.ts';
import { createPolicyPlugin } from './policy-plugin.ts';
import { readRoot } from './root-option.ts';
import { RosterFile } from './roster-file.ts';

const USAGE = {
  line: 'lifeboat policy --org <root public key> [options]',
  does: 'Decides what a strfry relay stores, as its write-policy plugin: JSON lines in and out.',
  options: {
    org: { type: 'string', value: '<key>', help: 'root public key, 64 hex digits, as `lifeboat init` printed it' },
    state: {
      type: 'string',
      value: '<file>',
      help: 'where it remembers the roster',
      default: 'policy.jsonl',
    },
    learn: { type: 'boolean', help: 'learn the roster from `strfry export` on stdin, then end' },
  },
} as const;

/** Runs the plugin until stdin ends. Resolves to the exit code; throws PlainError for wrong use. */
export function policyCommand(args: readonly string[]): Promise<number> {
  return runWithOptions(args, USAGE, run);
}

async function run({ org, state, learn }: Values<typeof USAGE.options>): Promise<number> {
  const onTrouble = (sentence: string) => process.stderr.write(`lifeboat policy: ${sentence}.\n`);
  const file = new RosterFile(state);
  const plugin = createPolicyPlugin({ root: readRoot(org), file, now: Date.now, onTrouble });
  let learned = 0;
  for await (const line of createInterface({ input: process.stdin })) {
    if (line.trim() === '') continue;
    if (!learn) {
      const answer = plugin.answer(line);
      // Pipes are written through at once; strfry waits for each answer.
      if (answer !== undefined) process.stdout.write(`${answer}\n`);
    } else if (plugin.learn(line)) learned++;
  }
  if (learn) process.stdout.write(`Learned ${learned} events of the roster; ${state} has them.\n`);
  return 0;
}
