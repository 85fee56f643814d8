import type { SignedEvent } from '../../model/event.ts';
import { readNumber, runWithOptions, type Values } from '../options.ts';
import { type OpenedMember, openMember } from '../organisation/open.ts';
import { PlainError } from '../plain-error.ts';
import { findKeys, mustBeAdmin, namesOf } from './find-keys.ts';
import { inStep } from './in-step.ts';
import { MEMBER_OPTIONS } from './options.ts';
import { arrival, arrivalWords } from './receipts.ts';
import { purge } from './roster-purge.ts';
import { restart } from './roster-restart.ts';
import { setSetting } from './roster-set.ts';
import { rosterView, rosterWords } from './roster-view.ts';

const USAGE = {
  line: 'lifeboat roster [options] [set relays|mirrors|approvals <value> … | purge <event id> … | restart]',
  does: 'Prints who may do what; or changes a setting; or votes to drop the content of events for ever; or begins anew with the root key, against a malicious admin.',
  options: {
    ...MEMBER_OPTIONS,
    yes: { type: 'boolean', help: 'do not ask before a purge or a restart' },
    'override-after': {
      type: 'string',
      value: '<seconds>',
      help: 'set approvals: when a commander may override',
      default: '900',
    },
    'root-key': {
      type: 'string',
      value: '<file|->',
      help: 'restart, purge: the root key’s sheet, as a file or typed in',
    },
    without: { type: 'list', value: '<key|member>', help: 'restart: a key that is believed no longer' },
  },
  words: true,
} as const;

export type RosterValues = Values<typeof USAGE.options>;

/** What a change of the roster says when it is done; `event` is the last that it wrote. */
export interface Change {
  readonly event: SignedEvent;
  readonly words: string;
  readonly facts: object;
}

/** `lifeboat roster`: what it changes is written here and spreads; no relay is needed. */
export function rosterCommand(args: readonly string[]): Promise<number> {
  return runWithOptions(args, USAGE, run);
}

async function run(values: RosterValues, words: readonly string[]): Promise<number> {
  const waitMs = readNumber('wait', values.wait, 0, 600) * 1000;
  const [verb, ...rest] = words;
  const change = changeOf(verb);
  const member = await openMember(values.dir, values.relay);
  const { log, rooms } = member;
  try {
    await inStep(log, waitMs);
    if (change === undefined) {
      const view = rosterView(log, namesOf(rooms, log.roster()));
      process.stdout.write(values.json ? `${JSON.stringify(view)}\n` : rosterWords(view));
      return 0;
    }
    const { event, words: done, facts } = await change(member, values, rest);
    const arrived = await arrival(log, event.id, waitMs);
    process.stdout.write(
      values.json ? `${JSON.stringify({ ...facts, ...arrived })}\n` : `${done}\n${arrivalWords(arrived)}\n`,
    );
    return 0;
  } finally {
    await log.close();
  }
}

type ChangeRoster = (member: OpenedMember, values: RosterValues, words: readonly string[]) => Promise<Change>;

function changeOf(verb: string | undefined): ChangeRoster | undefined {
  switch (verb) {
    case undefined:
      return undefined;
    case 'set':
      return async (member, values, words) => {
        mustBeAdmin(member);
        return setSetting(member.log, words, values['override-after']);
      };
    case 'purge':
      return purge;
    case 'restart':
      return (member, values) => {
        const names = namesOf(member.rooms, member.log.roster());
        const but = values.without.flatMap((wanted) => findKeys(member.log.roster(), names, wanted));
        return restart(member, values, but);
      };
    default:
      throw new PlainError(`"${verb}" is nothing that the roster can do; say set, purge or restart, or nothing.`);
  }
}
