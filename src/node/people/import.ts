import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { openFile } from '../lines.ts';
import { readNumber, runWithOptions, type Values } from '../options.ts';
import { openKeyLog, ownKey } from '../organisation/open.ts';
import { PlainError } from '../plain-error.ts';
import { type Imported, importLines } from './import-lines.ts';
import { MEMBER_OPTIONS } from './options.ts';

const USAGE = {
  line: 'lifeboat import [options] <file> …',
  does: 'Takes the events of exports into this device’s log; each is verified first. "-" is the standard input. Exit code 1: some lines were refused.',
  options: {
    dir: MEMBER_OPTIONS.dir,
    relay: MEMBER_OPTIONS.relay,
    wait: { ...MEMBER_OPTIONS.wait, help: 'how long to hand what is new to the relays', default: '0' },
    json: MEMBER_OPTIONS.json,
  },
  words: true,
} as const;

/** `lifeboat import`: whatever a file holds, only verified events of this organisation go in. */
export function importCommand(args: readonly string[]): Promise<number> {
  return runWithOptions(args, USAGE, run);
}

async function run(values: Values<typeof USAGE.options>, files: readonly string[]): Promise<number> {
  if (files.length === 0) throw new PlainError('Which file to import is not said; "-" is the standard input.');
  const waitMs = readNumber('wait', values.wait, 0, 600) * 1000;
  const { dir, relay, json } = values;
  const { log } = await openKeyLog(dir, await ownKey(dir), waitMs === 0 ? 'offline' : relay);
  try {
    let refused = 0;
    for (const file of files) {
      const imported = await withFile(file, (open) => importLines(log, open));
      const name = file === '-' ? 'the standard input' : file;
      if (imported.events === 0) throw new PlainError(`${name} is no export of a log${firstReason(imported)}.`);
      refused += imported.refused;
      process.stdout.write(json ? `${JSON.stringify({ file, ...imported })}\n` : words(name, imported));
    }
    if (waitMs > 0) await log.whenSynced(waitMs);
    return refused === 0 ? 0 : 1;
  } finally {
    await log.close();
  }
}

function words(file: string, { added, held, purged, refused, reasons }: Imported): string {
  const counts = [
    `${added} added`,
    `${held} held already`,
    ...(purged === 0 ? [] : [`${purged} purged`]),
    `${refused} refused`,
  ];
  const rows = reasons.map(({ line, reason }) => `  line ${line}: ${reason}`);
  return `${[`${file}: ${counts.join(', ')}`, ...rows, ...(refused > rows.length ? ['  …'] : [])].join('\n')}\n`;
}

function firstReason({ reasons: [first] }: Imported): string {
  return first === undefined ? ': it is empty' : ` (line ${first.line}: ${first.reason})`;
}

/** Files are read twice; what comes in by the standard input is laid down for that. */
async function withFile<Result>(
  file: string,
  use: (open: () => Promise<AsyncIterable<Uint8Array>>) => Promise<Result>,
) {
  if (file !== '-') return use(() => openFile(file));
  const folder = await mkdtemp(join(tmpdir(), 'lifeboat-import-'));
  try {
    const path = join(folder, 'lines');
    await pipeline(process.stdin, createWriteStream(path, { mode: 0o600 }));
    return await use(() => openFile(path));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
