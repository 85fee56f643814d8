import type { Message } from '../../model/timeline.ts';
import { readNumber, runWithOptions, type Values } from '../options.ts';
import { type OpenedMember, openMember } from '../organisation/open.ts';
import { stopped } from '../stopped.ts';
import { isoOf, timeOf, wordsOf } from './entry.ts';
import { namesOf } from './find-keys.ts';
import { inStep } from './in-step.ts';
import { MEMBER_OPTIONS } from './options.ts';
import { roomNamed } from './room-named.ts';
import { terminalText } from './terminal-text.ts';

const USAGE = {
  line: 'lifeboat tail [options]',
  does: 'Prints a room’s last messages and follows it until Ctrl-C.',
  options: {
    ...MEMBER_OPTIONS,
    room: { type: 'string', value: '<name|id>', help: 'another room than the bridge' },
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
    await inStep(member.log, waitMs);
    const printed = new Set<string>();
    const print = () => {
      const messages = messagesOf(member, values.room);
      const names = namesOf(member.rooms, member.log.roster());
      for (const message of messages) {
        if (printed.has(message.id)) continue;
        printed.add(message.id);
        process.stdout.write(lineOf(message, names, values.json));
      }
    };
    const all = messagesOf(member, values.room);
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

function messagesOf({ rooms }: OpenedMember, room: string | undefined): readonly Message[] {
  return roomNamed(rooms, room).messages;
}

function lineOf(message: Message, names: ReadonlyMap<string, string>, json: boolean): string {
  const { id, room, member, type, hlc, body, counts } = message;
  if (json) return `${JSON.stringify({ id, room, at: isoOf(message), hlc, member, type, body, counts })}\n`;
  const who = names.get(member) ?? member.slice(0, 8);
  const removed = counts ? '' : '  (from a removed device)';
  const line = `${timeOf(message)}  ${who}  ${type === 'note' ? '' : `[${type}] `}${wordsOf(message)}${removed}`;
  return `${terminalText(line)}\n`;
}
