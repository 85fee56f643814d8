import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { exportDigest, exportLines } from '../../log/export.ts';
import type { Rooms } from '../../log/rooms/room.ts';
import type { Damage } from '../../log/store/damage.ts';
import { readNumber, runWithOptions, type Values } from '../options.ts';
import { writeWhole } from '../organisation/folder.ts';
import { type OpenedLog, openKeyLog, openMember, ownKey } from '../organisation/open.ts';
import { PlainError } from '../plain-error.ts';
import { damageSentence } from '../store/damage-sentence.ts';
import { chronicle, type Subject } from './chronicle.ts';
import { inStep } from './in-step.ts';
import { MEMBER_OPTIONS } from './options.ts';
import { roomNamed } from './room-named.ts';

const USAGE = {
  line: 'lifeboat export [options]',
  does: 'Writes this device’s copy of the log: every signed event as canonical JSON lines, or a readable chronicle in Markdown. Asks no relay unless this copy is damaged; run "lifeboat sync" first for the newest. Exit code 1: the copy is damaged and did not heal.',
  options: {
    dir: MEMBER_OPTIONS.dir,
    out: { type: 'string', value: '<file>', help: 'write to this file instead of the standard output' },
    force: { type: 'boolean', help: 'overwrite the file' },
    'force-damaged': { type: 'boolean', help: 'write what is left of a damaged copy' },
    wait: { ...MEMBER_OPTIONS.wait, help: 'how long a damaged copy may take to heal from the relays' },
    markdown: { type: 'boolean', help: 'a chronicle for people; opened messages stand in it in the clear' },
    room: { type: 'string', value: '<name|id>', help: 'with --markdown: only this room' },
    incident: { type: 'string', value: '<code>', help: 'with --markdown: only this incident or maintenance' },
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
  const heal = { waitMs: readNumber('wait', values.wait, 0, 600) * 1000, acceptDamage: values['force-damaged'] };
  if (!markdown && (room ?? incident) !== undefined)
    throw new PlainError('--room and --incident need --markdown: the JSON lines are always the whole log.');
  if (room !== undefined && incident !== undefined) throw new PlainError('Give --room or --incident, not both.');
  const path = out === undefined ? undefined : resolve(out);
  if (path !== undefined && !force && existsSync(path))
    throw new PlainError(`${path} exists and was not overwritten; choose another file, or give --force.`);
  if (path !== undefined && !existsSync(dirname(path)))
    throw new PlainError(`There is no folder ${dirname(path)}; make it first, or choose another for --out.`);
  const written = markdown ? await readable(dir, heal, room, incident) : await whole(dir, heal);
  if (path === undefined) {
    process.stdout.write(written.text);
    return 0;
  }
  await writeWhole(path, written.text).catch((error: NodeJS.ErrnoException) => {
    throw new PlainError(`${path} cannot be written (${error.code ?? error.message}).`);
  });
  process.stdout.write(json ? `${JSON.stringify({ out: path, ...written.facts })}\n` : `${path}: ${written.words}\n`);
  return 0;
}

interface Heal {
  readonly waitMs: number;
  /** Go on with what is left. */
  readonly acceptDamage: boolean;
}

/** What is still wrong with the copy after the relays were asked for what it lost; throws where that is not accepted. */
async function healed({ log, damage }: OpenedLog, { waitMs, acceptDamage }: Heal): Promise<readonly Damage[]> {
  if (damage.length === 0) return [];
  await inStep(log, waitMs);
  const left = await log.damage();
  const [worst] = left.filter(({ type }) => type !== 'mended');
  if (worst !== undefined && !acceptDamage)
    throw new PlainError(
      `${damageSentence(worst)} Nothing was written: run "lifeboat sync" when a relay is reachable, or give --force-damaged.`,
      1,
    );
  return left;
}

async function whole(dir: string, heal: Heal): Promise<Written> {
  const opened = await openKeyLog(dir, await ownKey(dir), 'offline unless damaged');
  const { log } = opened;
  try {
    const damage = await healed(opened, heal);
    const roster = log.roster();
    const text = exportLines(log.events(), roster);
    const digest = exportDigest(log.events(), roster);
    const events = text.split('\n').length - 1;
    return {
      text,
      words: `${events} events, digest ${digest}`,
      facts: { events, purged: roster.purged.size, digest, damage },
    };
  } finally {
    await log.close();
  }
}

async function readable(dir: string, heal: Heal, room: string | undefined, code: string | undefined): Promise<Written> {
  const opened = await openMember(dir, 'offline unless damaged');
  const { log, rooms } = opened;
  try {
    const damage = await healed(opened, heal);
    const { markdown, entries, unopened } = chronicle(log, rooms, subjectOf(rooms, room, code));
    if (entries === 0 && code !== undefined)
      throw new PlainError(`This device knows no incident or maintenance ${code}.`, 1);
    const closed = unopened === 0 ? '' : `; ${unopened} messages could not be opened`;
    return { text: markdown, words: `${entries} entries${closed}`, facts: { entries, unopened, damage } };
  } finally {
    await log.close();
  }
}

function subjectOf(rooms: Rooms, room: string | undefined, code: string | undefined): Subject {
  if (room !== undefined) return { type: 'room', id: roomNamed(rooms, room).id };
  return code === undefined ? { type: 'all' } : { type: 'incident', code };
}
