import { removeDevice } from '../../log/people/roster-writer.ts';
import { chainName, type SignedEvent } from '../../model/event.ts';
import { liveKeys, type Roster, type RosterKey } from '../../model/roster.ts';
import { statementOf } from '../../model/roster-statement.ts';
import { readNumber, runWithOptions, type Values } from '../options.ts';
import { openMember } from '../organisation/open.ts';
import { PlainError } from '../plain-error.ts';
import { confirm } from './confirm.ts';
import { findKeys, mustBeAdmin, namesOf } from './find-keys.ts';
import { inStep } from './in-step.ts';
import { MEMBER_OPTIONS } from './options.ts';
import { arrival, arrivalWords } from './receipts.ts';

const USAGE = {
  line: 'lifeboat revoke [options] <device key|member|name>',
  does: 'Removes a device, or all devices of a member, for ever: all rooms get new keys without it. What of it had reached this machine goes on counting; what had not is kept, marked, and counts nowhere. Works offline and spreads. Exit code 1: it was removed already.',
  options: {
    ...MEMBER_OPTIONS,
    yes: { type: 'boolean', help: 'do not ask' },
    force: { type: 'boolean', help: 'also the last live admin; then only the root key can change the roster' },
  },
  words: true,
} as const;

/** `lifeboat revoke`. To answer an admin who has turned, use `roster restart`. */
export function revokeCommand(args: readonly string[]): Promise<number> {
  return runWithOptions(args, USAGE, run);
}

async function run(values: Values<typeof USAGE.options>, [wanted, ...more]: readonly string[]): Promise<number> {
  if (wanted === undefined || more.length > 0)
    throw new PlainError('Give one device’s public key, or one member’s id or name.');
  const waitMs = readNumber('wait', values.wait, 0, 600) * 1000;
  const member = await openMember(values.dir, values.relay);
  const { log, rooms } = member;
  try {
    await inStep(log, waitMs);
    const names = namesOf(rooms, log.roster());
    if (wanted.length >= 8 && log.root.startsWith(wanted))
      throw new PlainError('That is the root key, which cannot be removed: it stands above all devices.');
    const found = findKeys(log.roster(), names, wanted);
    const live = found.filter(({ pk, removed }) => !removed && pk !== log.root);
    if (live.length === 0) throw new PlainError(`${wanted} was removed already.`, 1);
    mustBeAdmin(member);
    if (!values.force) mustLeaveAdmin(log.roster(), live);
    const who = live.map(
      ({ pk, member: id, roles }) => `${pk.slice(0, 8)} (${names.get(id) ?? id.slice(0, 8)}, ${roles.join(', ')})`,
    );
    await confirm(`Remove ${who.join(' and ')} for ever?`, values.yes);
    // The own device goes last: afterwards it may remove nobody.
    const order = live.toSorted((a, b) => Number(a.pk === log.pubkey) - Number(b.pk === log.pubkey));
    const removals: { pk: string; event: SignedEvent }[] = [];
    for (const { pk } of order) removals.push({ pk, event: await removeDevice(log, rooms, pk) });
    const arrived = await arrival(log, removals.at(-1)?.event.id ?? '', waitMs);
    const roomCount = rooms.list().length;
    const removed = removals.map(({ pk, event }) => ({ pk, cut: cutOf(event, pk) }));
    if (values.json) process.stdout.write(`${JSON.stringify({ removed, rooms: roomCount, ...arrived })}\n`);
    else {
      const rows = removed.map(({ pk, cut }) => `${pk} is removed. ${cutWords(cut, chainName.status(log.org))}`);
      const next = `${roomCount} rooms have new keys. Now seal the runbooks anew: "lifeboat vault build".`;
      process.stdout.write(`${[...rows, next, arrivalWords(arrived)].join('\n')}\n`);
    }
    return 0;
  } finally {
    await log.close();
  }
}

function mustLeaveAdmin(roster: Roster, leaving: readonly RosterKey[]): void {
  const gone = new Set(leaving.map(({ pk }) => pk));
  const isLeft = liveKeys(roster).some(({ pk, roles }) => roles.includes('admin') && !gone.has(pk));
  if (!isLeft)
    throw new PlainError(
      'That is the last live admin: enrol another first, or give --force and keep the root key at hand.',
    );
}

type Cut = Readonly<Record<string, readonly string[]>>;

function cutOf(event: SignedEvent, pk: string): Cut {
  return statementOf(event)?.removes.find((remove) => remove.pk === pk)?.cut ?? {};
}

function cutWords(cut: Cut, status: string): string {
  const last = cut[status]?.[0];
  const said =
    last === undefined ? 'It has said nothing in public' : `What it said in public counts up to ${last.slice(0, 8)}`;
  return `${said}; what it writes from now on counts nowhere.`;
}
