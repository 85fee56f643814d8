import { createInterface } from 'node:readline/promises';
import { startEnroller } from '../../log/enroller.ts';
import { makeInvite } from '../../log/join.ts';
import { READING_ROLES, type Role } from '../../model/roles.ts';
import { readNumber, runWithOptions, type Values } from '../options.ts';
import { lastSite, openMember } from '../organisation/open.ts';
import { PlainError } from '../plain-error.ts';
import { stopped } from '../stopped.ts';
import { MEMBER_OPTIONS } from './options.ts';

const USAGE = {
  line: 'lifeboat invite [options]',
  does: 'Makes a link that enrols a device, and answers those who use it while this command runs.',
  options: {
    ...MEMBER_OPTIONS,
    site: { type: 'string', value: '<url>', help: 'the site that the link opens' },
    role: { type: 'list', value: '<role>', help: 'admin, commander, responder (default) or observer; may be repeated' },
    uses: { type: 'string', value: '<number>', help: 'how many devices may use the link', default: '1' },
    auto: { type: 'boolean', help: 'let everybody in who has the link, without comparing the four words' },
  },
} as const;

/** `lifeboat invite`: prints the link, then shows four words for each newcomer and asks, until all uses are used. */
export function inviteCommand(args: readonly string[]): Promise<number> {
  return runWithOptions(args, USAGE, run);
}

async function run(values: Values<typeof USAGE.options>): Promise<number> {
  const { dir, relay, json, auto } = values;
  const roles = readRoles(values.role);
  const uses = readNumber('uses', values.uses, 1, 100);
  const site = values.site ?? (await lastSite(dir));
  if (site === undefined) throw new PlainError('--site is missing; give the address of the site that the link opens.');
  const { log, rooms, secret } = await openMember(dir, relay);
  const say = (words: string, data: object) => process.stdout.write(json ? `${JSON.stringify(data)}\n` : `${words}\n`);
  try {
    await log.whenSynced(readNumber('wait', values.wait, 0, 600) * 1000);
    const invite = await makeInvite(log, site, relay.length > 0 ? relay : log.roster().settings.relays);
    say(`Open this link on the new device (24 hours, ${uses} use${uses === 1 ? '' : 's'}):\n${invite.link}`, {
      link: invite.link,
    });
    await new Promise<void>((resolve) => {
      let left = uses;
      startEnroller({
        log,
        rooms,
        deviceSecret: secret,
        invite,
        maxUses: uses,
        rolesOf: () => roles,
        ...(auto ? {} : { approve: (request, words) => ask(request.name, words) }),
        onProblem: (sentence) => process.stderr.write(`lifeboat: ${sentence}\n`),
        onJoined: ({ name, words, member }) => {
          say(`${name} is enrolled (${words.join(' ')}).`, { enrolled: name, member, roles, words });
          left -= 1;
          if (left === 0) void log.whenSynced(5_000).then(() => resolve());
        },
      });
      void stopped().then(resolve);
    });
    return 0;
  } finally {
    await log.close();
  }
}

function readRoles(given: readonly string[]): readonly Role[] {
  const unknown = given.find((role) => !(READING_ROLES as readonly string[]).includes(role));
  if (unknown !== undefined)
    throw new PlainError(`--role must be one of ${READING_ROLES.join(', ')}, not "${unknown}".`);
  return given.length === 0 ? ['responder'] : (given as readonly Role[]);
}

/** Shows the four words and asks; an input that is closed says no. */
async function ask(name: string, words: readonly string[]): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const closed = new Promise<string>((resolve) => terminal.once('close', () => resolve('')));
  const question = `${name} asks to join and must see: ${words.join(' ')}. Let it in? [y/N] `;
  const answer = await Promise.race([terminal.question(question), closed]);
  terminal.close();
  return /^y(es)?$/i.test(answer.trim());
}
