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
  policy: {
    does: 'decide what a strfry relay stores',
    load: async () => (await import('./relay/policy-command.ts')).policyCommand,
  },
  watch: { does: 'run one watcher', load: async () => (await import('./watch/command.ts')).watchCommand },
  publish: { does: 'run one publisher', load: async () => (await import('./publish/command.ts')).publishCommand },
  hosting: {
    does: 'print how nginx, Caddy or Netlify must serve the folder',
    load: async () => (await import('./hosting/command.ts')).hostingCommand,
  },
  notify: {
    does: 'tell webhooks and browsers what was published',
    load: async () => (await import('./notify/command.ts')).notifyCommand,
  },
  doctor: {
    does: 'say what would fall together, what is stale, what was never tested',
    load: async () => (await import('./doctor/command.ts')).doctorCommand,
  },
  post: { does: 'post a public update', load: async () => (await import('./people/post.ts')).postCommand },
  say: { does: 'say something in the room', load: async () => (await import('./people/say.ts')).sayCommand },
  tail: { does: 'follow the room', load: async () => (await import('./people/tail.ts')).tailCommand },
  sync: {
    does: 'compare with every relay and print the receipts',
    load: async () => (await import('./people/sync.ts')).syncCommand,
  },
  export: {
    does: 'write the log as canonical JSON lines, or Markdown',
    load: async () => (await import('./people/export.ts')).exportCommand,
  },
  import: { does: 'take in an export, verified', load: async () => (await import('./people/import.ts')).importCommand },
  verify: {
    does: 'check a file, a folder or a site, and name the first wrong thing',
    load: async () => (await import('./verify/command.ts')).verifyCommand,
  },
  roster: {
    does: 'print who may do what, or set it',
    load: async () => (await import('./people/roster.ts')).rosterCommand,
  },
  enrol: {
    does: 'grant a key, make one for another machine, or join by a link',
    load: async () => (await import('./people/enrol.ts')).enrolCommand,
  },
  revoke: { does: 'remove a device or a member', load: async () => (await import('./people/revoke.ts')).revokeCommand },
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
