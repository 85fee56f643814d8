import { PlainError } from './plain-error.ts';

/** Takes the arguments after the command's word; resolves with the exit code. */
export type Command = (args: readonly string[]) => Promise<number>;

interface Entry {
  readonly does: string;
  readonly load: () => Promise<Command>;
}

const COMMANDS: Readonly<Record<string, Entry>> = {
  up: { does: 'run everything on this machine', load: async () => (await import('./up/command.ts')).upCommand },
  init: { does: 'make an organisation', load: async () => (await import('./organisation/command.ts')).initCommand },
  relay: { does: 'run one relay', load: async () => (await import('./relay/command.ts')).relayCommand },
  watch: { does: 'run one watcher', load: async () => (await import('./watch/command.ts')).watchCommand },
  publish: { does: 'run one publisher', load: async () => (await import('./publish/command.ts')).publishCommand },
  post: { does: 'post a public update', load: async () => (await import('./people/post.ts')).postCommand },
  say: { does: 'say something in the room', load: async () => (await import('./people/say.ts')).sayCommand },
  tail: { does: 'follow the room', load: async () => (await import('./people/tail.ts')).tailCommand },
  invite: {
    does: 'make a link that enrols a device',
    load: async () => (await import('./people/invite.ts')).inviteCommand,
  },
  vault: {
    does: 'seal the runbooks, or read them back',
    load: async () => (await import('./vault/command.ts')).vaultCommand,
  },
  build: {
    does: 'build the site from its sources',
    load: async () => (await import('./publish/build-command.ts')).buildCommand,
  },
};

/** The command called `word`; a PlainError when there is none. */
export async function commandNamed(word: string): Promise<Command> {
  const entry = Object.hasOwn(COMMANDS, word) ? COMMANDS[word] : undefined;
  if (entry === undefined) throw new PlainError(`There is no command "${word}"; see "lifeboat --help".`);
  return entry.load();
}

/** What `lifeboat --help` prints. */
export function commandList(): string {
  const rows = Object.entries(COMMANDS).map(([word, { does }]) => `  ${word.padEnd(10)}${does}`);
  return ['Usage: lifeboat <command> [options]', '', ...rows, '', 'Each command has --help.', ''].join('\n');
}
