import { isoTime } from '../../model/clock.ts';
import { memberNames } from '../../model/members.ts';
import type { Message } from '../../model/timeline.ts';
import { readNumber, runWithOptions, type Values } from '../options.ts';
import { type OpenedMember, openMember } from '../organisation/open.ts';
import { PlainError } from '../plain-error.ts';
import { stopped } from '../stopped.ts';
import { MEMBER_OPTIONS } from './options.ts';

const USAGE = {
  line: 'lifeboat tail [options]',
  does: 'Prints the room’s last messages and follows it until Ctrl-C.',
  options: {
    ...MEMBER_OPTIONS,
    last: { type: 'string', value: '<number>', help: 'how many old messages first', default: '20' },
    once: { type: 'boolean', help: 'print what the relays have now, then end' },
  },
} as const;

/** `lifeboat tail`: opened messages, oldest first. Late ones are printed when they come and marked by their own time. */
export function tailCommand(args: readonly string[]): Promise<number> {
  return runWithOptions(args, USAGE, run);
}

async function run(values: Values<typeof USAGE.options>): Promise<number> {
  const last = readNumber('last', values.last, 0, 100_000);
  const waitMs = readNumber('wait', values.wait, 0, 600) * 1000;
  const member = await openMember(values.dir, values.relay);
  try {
    await member.log.whenSynced(waitMs);
    const printed = new Set<string>();
    const print = () => {
      const messages = messagesOf(member);
      const names = memberNames(messages, member.log.roster());
      for (const message of messages) {
        if (printed.has(message.id)) continue;
        printed.add(message.id);
        process.stdout.write(lineOf(message, names, values.json));
      }
    };
    const all = messagesOf(member);
    for (const message of all.slice(0, Math.max(0, all.length - last))) printed.add(message.id);
    print();
    if (!values.once) {
      member.log.onEvents(print);
      await stopped();
    }
    return 0;
  } finally {
    await member.log.close();
  }
}

function messagesOf({ rooms }: OpenedMember): readonly Message[] {
  const room = rooms.main('room');
  if (room === undefined) throw new PlainError('This device has no room yet; an admin must enrol it first.');
  return room.messages;
}

function lineOf(message: Message, names: ReadonlyMap<string, string>, json: boolean): string {
  const { id, member, type, hlc, body, counts } = message;
  const at = isoTime(hlc[0]);
  if (json) return `${JSON.stringify({ id, at, member, type, body, counts })}\n`;
  const said = typeof body === 'object' && body !== null && 'text' in body ? String(body.text) : JSON.stringify(body);
  // Other people's text must not steer this terminal.
  const clean = said.replace(/\p{Cc}/gu, (control) => (control === '\n' ? '\n' : ' '));
  const who = names.get(member) ?? member.slice(0, 8);
  return `${at}  ${who}  ${type === 'note' ? '' : `[${type}] `}${clean}${counts ? '' : '  (from a removed device)'}\n`;
}
