import { enrolDevice } from '../../log/people/enrol.ts';
import { READING_ROLES, ROLES, type Role } from '../../model/roles.ts';
import { readNumber, runWithOptions, strayOption, type Values } from '../options.ts';
import { type OpenedMember, openMember } from '../organisation/open.ts';
import { PlainError } from '../plain-error.ts';
import { joinByInvite } from './enrol-join.ts';
import { makeKeyFolder } from './enrol-new.ts';
import { findKeys, mustBeAdmin, namesOf } from './find-keys.ts';
import { inStep } from './in-step.ts';
import { MEMBER_OPTIONS } from './options.ts';
import { arrival, arrivalWords } from './receipts.ts';

const USAGE = {
  line: 'lifeboat enrol [options] --key <public key> | --new watcher|publisher --out <folder> | --invite <link|->',
  does: 'Grants a device key; or makes a key folder for a watcher or a publisher on another machine; or, on a new machine, joins by an invite and waits to be let in. Exit code 1: not let in.',
  options: {
    dir: MEMBER_OPTIONS.dir,
    relay: MEMBER_OPTIONS.relay,
    wait: { type: 'string', value: '<seconds>', help: 'how long to wait for relays (10), or to be let in (600)' },
    json: MEMBER_OPTIONS.json,
    key: { type: 'string', value: '<public key>', help: 'grant this key' },
    role: { type: 'list', value: '<role>', help: `one of ${ROLES.join(', ')}; may be repeated` },
    member: { type: 'string', value: '<id|name>', help: 'the person whose further device it is; else somebody new' },
    name: { type: 'string', value: '<name>', help: 'told sealed to the members; with --invite, who asks' },
    vantage: { type: 'string', value: '<name>', help: 'of a watcher: where it looks from, a name of its own' },
    new: { type: 'string', value: '<role>', help: 'make a key for a watcher or a publisher' },
    out: { type: 'string', value: '<folder>', help: 'with --new: the folder to carry to that machine' },
    invite: { type: 'string', value: '<link|->', help: 'join by this link; "-" reads it from the standard input' },
  },
} as const;

/** The options that belong to each way. */
const PARTS = {
  key: ['role', 'member', 'name', 'vantage'],
  new: ['vantage', 'out'],
  invite: ['name'],
} as const;
const ALL = [...PARTS.key, 'out'] as const;

export type EnrolValues = Values<typeof USAGE.options>;

/** `lifeboat enrol`. */
export function enrolCommand(args: readonly string[]): Promise<number> {
  return runWithOptions(args, USAGE, run);
}

async function run(values: EnrolValues): Promise<number> {
  const [way, other] = (['key', 'new', 'invite'] as const).filter((one) => values[one] !== undefined);
  if (way === undefined || other !== undefined)
    throw new PlainError('Give one of --key, --new or --invite; see "lifeboat enrol --help".');
  const stray = strayOption(values, ALL, PARTS[way]);
  if (stray !== undefined) throw new PlainError(`--${stray} does not go with --${way}; see "lifeboat enrol --help".`);
  if (values.invite !== undefined) return joinByInvite(values, values.invite);
  const waitMs = readNumber('wait', values.wait ?? '10', 0, 600) * 1000;
  const member = await openMember(values.dir, values.relay);
  try {
    await inStep(member.log, waitMs);
    mustBeAdmin(member);
    const { pk, words, facts } =
      values.new === undefined ? await grant(member, values) : await makeKeyFolder(member, values);
    const last = member.log.events().findLast(({ pubkey }) => pubkey === member.log.pubkey);
    const arrived = await arrival(member.log, last?.id ?? '', waitMs);
    process.stdout.write(
      values.json ? `${JSON.stringify({ pk, ...facts, ...arrived })}\n` : `${words}\n${arrivalWords(arrived)}\n`,
    );
    return 0;
  } finally {
    await member.log.close();
  }
}

/** What was granted, in words and as data. */
export interface Granted {
  readonly pk: string;
  readonly words: string;
  readonly facts: object;
}

async function grant({ log, rooms }: OpenedMember, values: EnrolValues): Promise<Granted> {
  const pk = values.key ?? '';
  const { name, vantage } = values;
  const roles = readRoles(values.role);
  if (roles.includes('watcher') && vantage === undefined)
    throw new PlainError('--vantage is missing; a watcher needs the name of where it looks from.');
  if (!roles.includes('watcher') && vantage !== undefined)
    throw new PlainError('--vantage is where a watcher looks from; leave it out for a key that is none.');
  const known = log.roster().keys.get(pk);
  if (known?.removed === false && roles.every((role) => known.roles.includes(role)))
    throw new PlainError(`${pk} is enrolled already.`, 1);
  const person =
    values.member === undefined ? known : findKeys(log.roster(), namesOf(rooms, log.roster()), values.member)[0];
  const member = await enrolDevice(log, rooms, pk, {
    roles,
    ...(person === undefined ? {} : { member: person.member }),
    ...(vantage === undefined ? {} : { vantage }),
    ...(name === undefined ? {} : { name }),
  });
  const rooms_ = roles.some((role) => READING_ROLES.includes(role))
    ? `, with the keys of ${rooms.list().length} rooms`
    : '';
  return { pk, words: `${pk} is enrolled as ${roles.join(' and ')}${rooms_}.`, facts: { member, roles } };
}

function readRoles(given: readonly string[]): readonly Role[] {
  const unknown = given.find((role) => !(ROLES as readonly string[]).includes(role));
  if (unknown !== undefined) throw new PlainError(`--role must be one of ${ROLES.join(', ')}, not "${unknown}".`);
  if (given.length === 0) throw new PlainError('--role is missing; say what the key may do.');
  return given as readonly Role[];
}
