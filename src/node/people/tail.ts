import { foldIncidents } from '../../model/incidents.ts';
import { displayOrder } from '../../model/order.ts';
import type { Message } from '../../model/timeline.ts';
import { readNumber, runWithOptions, type Values } from '../options.ts';
import { type OpenedMember, openMember } from '../organisation/open.ts';
import { stopped } from '../stopped.ts';
import { type Entry, isoOf, timeOf, wordsOf } from './entry.ts';
import { namesOf } from './find-keys.ts';
import { inStep } from './in-step.ts';
import { MEMBER_OPTIONS } from './options.ts';
import { isPersonal, publicEntries } from './public-entries.ts';
import { marksFor, marksOf } from './public-marks.ts';
import { roomNamed } from './room-named.ts';
import { terminalText } from './terminal-text.ts';

const USAGE = {
  line: 'lifeboat tail [options]',
  does: 'Prints a room’s last messages and follows it until Ctrl-C.',
  options: {
    ...MEMBER_OPTIONS,
    room: { type: 'string', value: '<name|id>', help: 'another room than the bridge' },
    last: { type: 'string', value: '<number>', help: 'how many old messages first', default: '20' },
    public: { type: 'boolean', help: 'show among them what was said in public' },
    once: { type: 'boolean', help: 'print what the relays have now, then end' },
  },
} as const;

const NO_MARKS: ReadonlyMap<string, readonly string[]> = new Map();

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
      const messages = entriesOf(member, values);
      const marks = values.public ? marksOf(foldIncidents(member.log.events(), member.log.roster())) : NO_MARKS;
      const names = namesOf(member.rooms, member.log.roster());
      for (const message of messages) {
        if (printed.has(message.id)) continue;
        printed.add(message.id);
        process.stdout.write(lineOf(message, names, marks, values.json));
      }
    };
    const all = entriesOf(member, values);
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

/** The room's messages, with what people said in public among them where that is wanted, in display order. */
function entriesOf({ rooms, log }: OpenedMember, wanted: Values<typeof USAGE.options>): readonly (Message | Entry)[] {
  const { messages } = roomNamed(rooms, wanted.room);
  if (!wanted.public) return messages;
  return displayOrder<Message | Entry>([...messages, ...publicEntries(log.events(), log.roster()).filter(isPersonal)]);
}

function lineOf(
  entry: Message | Entry,
  names: ReadonlyMap<string, string>,
  marks: ReadonlyMap<string, readonly string[]>,
  json: boolean,
): string {
  const { id, member, type, hlc, body, counts } = entry;
  const room = 'room' in entry ? entry.room : null;
  if (json) return `${JSON.stringify({ id, room, at: isoOf(entry), hlc, member, type, body, counts })}\n`;
  const who = names.get(member) ?? member.slice(0, 8);
  const said = room === null ? marksFor(entry, marks) : [];
  const marked = [...said, ...(counts ? [] : ['from a removed device'])].map((mark) => `  (${mark})`).join('');
  // What was said in public is called by its id, to correct it or to take it back.
  const kind = room === null ? `[${type} ${id.slice(0, 8)}] ` : type === 'note' ? '' : `[${type}] `;
  return `${terminalText(`${timeOf(entry)}  ${who}  ${kind}${wordsOf(entry)}${marked}`)}\n`;
}
