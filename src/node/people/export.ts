import { existsSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { exportDigest, exportLines } from '../../log/export.ts';
import type { Rooms } from '../../log/rooms/room.ts';
import { runWithOptions, type Values } from '../options.ts';
import { openKeyLog, openMember, ownKey } from '../organisation/open.ts';
import { PlainError } from '../plain-error.ts';
import { writeWhole } from '../publish/atomic.ts';
import { chronicle, type Subject } from './chronicle.ts';
import { MEMBER_OPTIONS } from './options.ts';
import { roomNamed } from './room-named.ts';

const USAGE = {
  line: 'lifeboat export [options]',
  does: 'Writes this device’s copy of the log: every signed event as canonical JSON lines, or a readable chronicle in Markdown. Asks no relay; run "lifeboat sync" first for the newest.',
  options: {
    dir: MEMBER_OPTIONS.dir,
    out: { type: 'string', value: '<file>', help: 'write to this file instead of the standard output' },
    force: { type: 'boolean', help: 'overwrite the file' },
    markdown: { type: 'boolean', help: 'a chronicle for people; opened messages stand in it in the clear' },
    room: { type: 'string', value: '<name|id>', help: 'with --markdown: only this room' },
    incident: { type: 'string', value: '<code>', help: 'with --markdown: only this incident' },
    json: { type: 'boolean', help: 'with --out: print what was written as one line of JSON' },
  },
} as const;

interface Written {
  readonly text: string;
  /** What is in it, for a person and for a program. */
  readonly words: string;
  readonly facts: Readonly<Record<string, unknown>>;
}

/** `lifeboat export`: to a file whole or not at all. */
export function exportCommand(args: readonly string[]): Promise<number> {
  return runWithOptions(args, USAGE, run);
}

async function run(values: Values<typeof USAGE.options>): Promise<number> {
  const { dir, out, force, json, markdown, room, incident } = values;
  if (!markdown && (room ?? incident) !== undefined)
    throw new PlainError('--room and --incident need --markdown: the JSON lines are always the whole log.');
  if (room !== undefined && incident !== undefined) throw new PlainError('Give --room or --incident, not both.');
  const path = out === undefined ? undefined : resolve(out);
  if (path !== undefined && !force && existsSync(path))
    throw new PlainError(`${path} exists and was not overwritten; choose another file, or give --force.`);
  const written = markdown ? await readable(dir, room, incident) : await whole(dir);
  if (path === undefined) {
    process.stdout.write(written.text);
    return 0;
  }
  await writeWhole(dirname(path), basename(path), written.text).catch((error: NodeJS.ErrnoException) => {
    throw new PlainError(`${path} cannot be written (${error.code ?? error.message}).`);
  });
  process.stdout.write(json ? `${JSON.stringify({ out: path, ...written.facts })}\n` : `${path}: ${written.words}\n`);
  return 0;
}

async function whole(dir: string): Promise<Written> {
  const { log } = await openKeyLog(dir, await ownKey(dir), 'offline');
  try {
    const roster = log.roster();
    const text = exportLines(log.events(), roster);
    const digest = exportDigest(log.events(), roster);
    const events = text.split('\n').length - 1;
    return { text, words: `${events} events, digest ${digest}`, facts: { events, purged: roster.purged.size, digest } };
  } finally {
    await log.close();
  }
}

async function readable(dir: string, room: string | undefined, code: string | undefined): Promise<Written> {
  const { log, rooms } = await openMember(dir, 'offline');
  try {
    const { markdown, entries, unopened } = chronicle(log, rooms, subjectOf(rooms, room, code));
    if (entries === 0 && code !== undefined) throw new PlainError(`This device knows no incident ${code}.`, 1);
    const closed = unopened === 0 ? '' : `; ${unopened} messages could not be opened`;
    return { text: markdown, words: `${entries} entries${closed}`, facts: { entries, unopened } };
  } finally {
    await log.close();
  }
}

function subjectOf(rooms: Rooms, room: string | undefined, code: string | undefined): Subject {
  if (room !== undefined) return { type: 'room', id: roomNamed(rooms, room).id };
  return code === undefined ? { type: 'all' } : { type: 'incident', code };
}
