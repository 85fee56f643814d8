import { type ParseArgsConfig, parseArgs } from 'node:util';
import { PlainError } from './plain-error.ts';

/** One option of a command: how it is read, and what `--help` says of it. */
export interface Option {
  /** `list` is text that may be given more than once. */
  readonly type: 'string' | 'boolean' | 'list';
  /** Placeholder in the help, e.g. `<folder>`. */
  readonly value?: string;
  readonly help: string;
  readonly default?: string;
}

/** A command's page: what `--help` prints and what its options mean. */
export interface Usage<Options extends Readonly<Record<string, Option>>> {
  /** e.g. `lifeboat say [options] <text>`. */
  readonly line: string;
  readonly does: string;
  readonly options: Options;
  /** Whether words may stand beside the options; else they are wrong use. */
  readonly words?: boolean;
}

export type Values<Options extends Readonly<Record<string, Option>>> = {
  readonly [Name in keyof Options]: Options[Name] extends { type: 'boolean' }
    ? boolean
    : Options[Name] extends { type: 'list' }
      ? readonly string[]
      : Options[Name] extends { default: string }
        ? string
        : string | undefined;
};

/** The first option of `all` that is given although it is none of `allowed`: it would be silently without effect. */
export function strayOption<Name extends string>(
  values: Readonly<Record<Name, string | readonly string[] | undefined>>,
  all: readonly Name[],
  allowed: readonly Name[],
): Name | undefined {
  return all.find((name) => (values[name] ?? '').length > 0 && !allowed.includes(name));
}

type Read<Options extends Readonly<Record<string, Option>>> =
  | { readonly type: 'help'; readonly text: string }
  | { readonly type: 'run'; readonly values: Values<Options>; readonly words: readonly string[] };

/** Reads the arguments and runs the command, or prints its page for `--help`; resolves with the exit code. */
export async function runWithOptions<Options extends Readonly<Record<string, Option>>>(
  args: readonly string[],
  usage: Usage<Options>,
  run: (values: Values<Options>, words: readonly string[]) => Promise<number>,
): Promise<number> {
  const read = readOptions(args, usage);
  if (read.type === 'run') return run(read.values, read.words);
  process.stdout.write(read.text);
  return 0;
}

/** Reads a command's arguments; an unknown option or a missing value is a PlainError with exit code 2. */
function readOptions<Options extends Readonly<Record<string, Option>>>(
  args: readonly string[],
  usage: Usage<Options>,
): Read<Options> {
  const config: NonNullable<ParseArgsConfig['options']> = { help: { type: 'boolean' } };
  for (const [name, { type }] of Object.entries(usage.options)) {
    config[name] = type === 'list' ? { type: 'string', multiple: true } : { type };
  }
  const { values, positionals } = parse(args, config, usage);
  if (values['help'] === true) return { type: 'help', text: helpText(usage) };
  const filled = Object.entries(usage.options).map(([name, option]) => {
    const value = values[name] ?? option.default;
    if (option.type === 'list') return [name, value ?? []];
    return [name, option.type === 'boolean' ? value === true : value];
  });
  return { type: 'run', values: Object.fromEntries(filled) as Values<Options>, words: positionals };
}

function parse(
  args: readonly string[],
  options: NonNullable<ParseArgsConfig['options']>,
  { line, words = false }: Pick<Usage<Readonly<Record<string, Option>>>, 'line' | 'words'>,
) {
  try {
    return parseArgs({ args: joinNumbers(args, options), options, allowPositionals: words, strict: true });
  } catch (error) {
    const what = error instanceof Error ? error.message.split(/\.\s/)[0] : String(error);
    throw new PlainError(`${what}; see "${line.split(' ').slice(0, 2).join(' ')} --help".`);
  }
}

/** `--wait -1` names a value, a wrong one, and no option `-1`: so it is read as `--wait=-1`, and judged by the command. */
function joinNumbers(args: readonly string[], options: NonNullable<ParseArgsConfig['options']>): string[] {
  const joined: string[] = [];
  for (const arg of args) {
    const last = joined.at(-1) ?? '';
    if (/^-\d/.test(arg) && options[last.slice(2)]?.type === 'string') joined.splice(-1, 1, `${last}=${arg}`);
    else joined.push(arg);
  }
  return joined;
}

function helpText(usage: Usage<Readonly<Record<string, Option>>>): string {
  const rows = Object.entries(usage.options).map(([name, option]) => {
    const left = `  --${name}${option.value === undefined ? '' : ` ${option.value}`}`;
    return `${left.padEnd(28)}${option.help}${option.default === undefined ? '' : ` (default: ${option.default})`}`;
  });
  return [
    `Usage: ${usage.line}`,
    '',
    usage.does,
    '',
    'Options:',
    ...rows,
    `${'  --help'.padEnd(28)}this page`,
    '',
  ].join('\n');
}

/** A whole number from `low` to `high`, or a PlainError that names the option. */
export function readNumber(name: string, value: string, low: number, high: number): number {
  const number = Number(value);
  if (/^\d+$/.test(value) && number >= low && number <= high) return number;
  throw new PlainError(`--${name} must be a whole number from ${low} to ${high}, not "${value}".`);
}
