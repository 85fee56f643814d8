import { readNumber, runWithOptions, type Values } from '../options.ts';
import { openMember } from '../organisation/open.ts';
import { PlainError } from '../plain-error.ts';
import { MEMBER_OPTIONS } from './options.ts';
import { arrival, arrivalWords } from './receipts.ts';
import { roomNamed } from './room-named.ts';

const USAGE = {
  line: 'lifeboat say [options] <text>',
  does: 'Says something in the room, end-to-end encrypted. Exit code 1: no relay has it yet, but this device has.',
  options: { ...MEMBER_OPTIONS, room: { type: 'string', value: '<name|id>', help: 'another room than the bridge' } },
  words: true,
} as const;

/** `lifeboat say`: a note in the room, and where it is stored. */
export function sayCommand(args: readonly string[]): Promise<number> {
  return runWithOptions(args, USAGE, run);
}

async function run(values: Values<typeof USAGE.options>, words: readonly string[]): Promise<number> {
  const text = words.join(' ').trim();
  if (text === '') throw new PlainError('There is nothing to say; give the text after the options.');
  const waitMs = readNumber('wait', values.wait, 0, 600) * 1000;
  const { log, rooms } = await openMember(values.dir, values.relay);
  try {
    const event = await rooms.say(roomNamed(rooms, values.room).id, 'note', { text });
    const arrived = await arrival(log, event.id, waitMs);
    process.stdout.write(values.json ? `${JSON.stringify(arrived)}\n` : `${arrivalWords(arrived)}\n`);
    return arrived.stored.length > 0 ? 0 : 1;
  } finally {
    await log.close();
  }
}
