import { startEnroller } from '../../log/people/enroller.ts';
import { makeInvite } from '../../log/people/join.ts';
import { READING_ROLES, type Role } from '../../model/roles.ts';
import { readNumber, runWithOptions, type Values } from '../options.ts';
import { openMember } from '../organisation/open.ts';
import { PlainError } from '../plain-error.ts';
import { stopped } from '../stopped.ts';
import { asksYes } from './confirm.ts';
import { mustBeAdmin } from './find-keys.ts';
import { inStep } from './in-step.ts';
import { MEMBER_OPTIONS } from './options.ts';
import { ownSite } from './own-site.ts';
import { qrText } from './qr-text.ts';
import { terminalLine } from './terminal-text.ts';

const USAGE = {
  line: 'lifeboat invite [options]',
  does: 'Makes a link that enrols a device, and answers those who use it while this command runs.',
  options: {
    ...MEMBER_OPTIONS,
    site: { type: 'string', value: '<url>', help: 'the site that the link opens; else url of site.yaml' },
    role: { type: 'list', value: '<role>', help: 'admin, commander, responder (default) or observer; may be repeated' },
    uses: { type: 'string', value: '<number>', help: 'how many devices may use the link', default: '1' },
    qr: { type: 'boolean', help: 'show the link as a QR code too' },
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
  const site = values.site ?? (await ownSite(dir)).address;
  if (site === undefined)
    throw new PlainError('The site that the link opens is not known: put url into site.yaml, or give --site.');
  const { log, rooms, secret } = await openMember(dir, relay);
  const say = (words: string, data: object) => process.stdout.write(json ? `${JSON.stringify(data)}\n` : `${words}\n`);
  try {
    await inStep(log, readNumber('wait', values.wait, 0, 600) * 1000);
    mustBeAdmin({ log });
    const invite = await makeInvite(log, site, relay.length > 0 ? relay : log.roster().settings.relays);
    say(`Open this link on the new device (24 hours, ${uses} use${uses === 1 ? '' : 's'}):\n${invite.link}`, {
      link: invite.link,
    });
    if (values.qr && !json)
      process.stdout.write(qrText(invite.link, process.stdout.columns ?? Number.POSITIVE_INFINITY));
    await new Promise<void>((resolve) => {
      let left = uses;
      startEnroller({
        log,
        rooms,
        deviceSecret: secret,
        invite,
        maxUses: uses,
        rolesOf: () => roles,
        ...(auto
          ? {}
          : {
              approve: ({ name }, words) =>
                asksYes(`${terminalLine(name)} asks to join and must see: ${words.join(' ')}. Let it in?`),
            }),
        onProblem: (sentence) => process.stderr.write(`lifeboat: ${sentence}\n`),
        onJoined: ({ name, words, member }) => {
          say(`${terminalLine(name)} is enrolled (${words.join(' ')}).`, { enrolled: name, member, roles, words });
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
