import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { beforeAll, describe, expect, test } from 'vitest';
import type { SignedEvent } from '../../../src/model/event.ts';
import { PlainError } from '../../../src/node/plain-error.ts';
import { SqliteShelf } from '../../../src/node/relay/sqlite-shelf.ts';
import { firstRoster, responder, root, sealed, TIME, update } from './organisation.ts';
import { isThorough } from './relay-child.ts';

const events: readonly SignedEvent[] = [
  firstRoster,
  ...Array.from({ length: 40 }, (_, n) =>
    update(responder, `text ${n} ${'x'.repeat(n * 20)}`, { created_at: TIME + n }),
  ),
  ...Array.from({ length: 20 }, (_, n) => sealed(responder, { created_at: TIME + n })),
];
const known = new Map(events.map((event) => [event.id, JSON.stringify(event)]));
const folder = mkdtempSync(join(tmpdir(), 'lifeboat-damage-'));
const [whole, open] = [join(folder, 'whole.db'), join(folder, 'open.db')];

/** Two files to damage: one closed in order, one as a kill leaves it, with its events still in the write-ahead log. */
beforeAll(() => {
  const shelf = new SqliteShelf(open, root.pk, { onTrouble: () => undefined, onDamage: () => undefined });
  shelf.put(events.slice(0, 30));
  shelf.put(events.slice(30));
  const killed = join(folder, 'killed.db');
  for (const suffix of ['', '-wal', '-shm', '-lock']) copyFileSync(open + suffix, killed + suffix);
  shelf.close();
  for (const suffix of ['', '-lock']) copyFileSync(open + suffix, whole + suffix);
  for (const suffix of ['', '-wal', '-shm', '-lock']) renameSync(killed + suffix, open + suffix);
  return () => rmSync(folder, { recursive: true });
});

let runs = 0;
function copyOf(from: string): string {
  const to = join(mkdtempSync(join(folder, `run-${runs++}-`)), 'relay.db');
  for (const suffix of ['', '-wal', '-shm', '-lock'])
    if (existsSync(from + suffix)) copyFileSync(from + suffix, to + suffix);
  return to;
}

interface Outcome {
  readonly served: number;
  readonly troubles: readonly string[];
  readonly quarantined: number;
}

/** Opens, checks that nothing but what was stored is served, and that all can be filled in again. */
function openAndRefill(path: string): Outcome | string {
  const troubles: string[] = [];
  const lost: string[] = [];
  let shelf: SqliteShelf;
  try {
    shelf = new SqliteShelf(path, root.pk, {
      onTrouble: (sentence) => troubles.push(sentence),
      onDamage: (damaged) => lost.push(...damaged.map(({ id }) => id)),
    });
  } catch (error) {
    expect(error).toBeInstanceOf(PlainError);
    return (error as Error).message;
  }
  try {
    const served = shelf.all();
    for (const { id, json, event } of served) expect([id, json]).toEqual([id, known.get(event.id)]);
    expect(new Set(served.map(({ id }) => id)).size).toBe(served.length);
    const held = new Set(served.map(({ id }) => id));
    const outcomes = shelf.put(events);
    expect(outcomes).toEqual(events.map(({ id }) => (held.has(id) ? 'duplicate' : 'stored')));
    expect(new Set(shelf.all().map(({ json }) => json))).toEqual(new Set(known.values()));
    expect(shelf.find({ kinds: [3914], tags: new Map() }, 1000)).toHaveLength(40);
    return { served: served.length, troubles, quarantined: shelf.quarantined };
  } finally {
    shelf.close();
  }
}

function flip(path: string, offset: number): void {
  const bytes = readFileSync(path);
  bytes[offset] = (bytes[offset] ?? 0) ^ 0xff;
  writeFileSync(path, bytes);
}

describe('a relay whose file is damaged', () => {
  test.each(['whole', 'open'])(
    'serves what is intact and takes the rest again, whichever byte of the %s file turned',
    (name) => {
      const from = name === 'whole' ? whole : open;
      const damaged = name === 'whole' ? '' : '-wal';
      const size = readFileSync(from + damaged).length;
      const counts = { whole: 0, quarantined: 0, putAside: 0, refused: 0 };
      const sentences = new Set<string>();
      for (let offset = 3; offset < size; offset += isThorough ? 97 : Math.ceil(size / 120)) {
        const path = copyOf(from);
        flip(path + damaged, offset);
        const outcome = openAndRefill(path);
        if (typeof outcome === 'string') {
          counts.refused++;
          sentences.add(outcome.replaceAll(dirname(path), ''));
          expect(outcome).toMatch(/^[^\n]+\.$/);
        } else if (outcome.troubles.length > 0) counts.putAside++;
        else if (outcome.quarantined > 0) counts.quarantined++;
        else counts.whole++;
        // Without the schema on the first page nothing can be read, and devices send all of it again.
        if (typeof outcome === 'object' && name === 'whole' && offset >= 4096)
          expect(outcome.served, `byte ${offset}`).toBeGreaterThan(30);
        rmSync(dirname(path), { recursive: true });
      }
      console.log(name, counts, [...sentences]);
      expect(counts.refused).toBeLessThan(5);
      if (name === 'whole') expect(Math.min(counts.quarantined, counts.putAside)).toBeGreaterThan(10);
    },
  );

  test('goes into quarantine also where only the signature or a column turned', () => {
    for (const sql of [
      'UPDATE event SET json = replace(json, \'"sig":"\', \'"sig":"0\') WHERE row = 5',
      'UPDATE event SET created_at = created_at + 1 WHERE row = 5',
      "UPDATE event SET pubkey = 'x' WHERE row = 5",
      "UPDATE event SET json = 'no json' WHERE row = 5",
    ]) {
      const path = copyOf(whole);
      const database = new DatabaseSync(path);
      database.exec(sql);
      database.close();
      expect(openAndRefill(path)).toEqual({ served: events.length - 1, troubles: [], quarantined: 1 });
      const kept = new DatabaseSync(path).prepare('SELECT id, reason, at FROM quarantine').get();
      expect(kept).toMatchObject({ id: events[4]?.id, reason: expect.any(String), at: expect.stringContaining('T') });
    }
  });

  test.each(['', '-wal', '-shm'])(
    'starts when its file%s is cut off, at any length, and takes the rest again',
    (suffix) => {
      const from = suffix === '' ? whole : open;
      const size = readFileSync(from + suffix).length;
      for (let length = 0; length < size; length += isThorough ? 97 : Math.ceil(size / 25)) {
        const path = copyOf(from);
        truncateSync(path + suffix, length);
        const outcome = openAndRefill(path);
        expect(outcome).toBeTypeOf('object');
        if (suffix === '' && typeof outcome === 'object')
          expect(outcome.troubles).toEqual([
            expect.stringMatching(/^[^\n]*(is damaged .* put aside as|is empty, though)[^\n]*$/),
          ]);
        rmSync(dirname(path), { recursive: true });
      }
    },
    60_000,
  );

  test('keeps the damaged file beside the new one, under the time of the damage', () => {
    const path = copyOf(whole);
    flip(path, 0);
    const outcome = openAndRefill(path);
    const aside = readdirSync(dirname(path)).find((name) => name.startsWith('relay.db.damaged-')) ?? '';
    expect(aside).toMatch(/^relay\.db\.damaged-20\d\d-\d\d-\d\dT/);
    expect(outcome).toMatchObject({ served: 0, troubles: [expect.stringContaining(aside)] });
    const before = readFileSync(whole);
    before[0] = (before[0] ?? 0) ^ 0xff;
    expect(readFileSync(join(dirname(path), aside)).equals(before)).toBe(true);
    expect(openAndRefill(path)).toEqual({ served: events.length, troubles: [], quarantined: 0 });
  });

  test('ends a rescue that a kill interrupted', () => {
    const path = copyOf(whole);
    // As it stands between the two renames.
    renameSync(path, `${path}.damaged-then`);
    copyFileSync(whole, `${path}.rescue`);
    expect(openAndRefill(path)).toEqual({ served: events.length, troubles: [], quarantined: 0 });
    // As it stands before them: the half-made one is thrown away.
    const other = copyOf(whole);
    writeFileSync(`${other}.rescue`, 'half');
    flip(other, 0);
    expect(openAndRefill(other)).toMatchObject({ served: 0 });
    expect(readdirSync(dirname(other)).filter((name) => name.includes('rescue'))).toEqual([]);
  });

  test('is told apart from a leftover log of another file', () => {
    const path = copyOf(whole);
    for (const suffix of ['-wal', '-shm']) copyFileSync(open + suffix, path + suffix);
    expect(openAndRefill(path)).toBeTypeOf('object');
    expect(basename(path)).toBe('relay.db');
  });

  test('grows its checksums when it comes from an older Lifeboat', () => {
    const path = copyOf(whole);
    const database = new DatabaseSync(path);
    database.exec(
      'ALTER TABLE event DROP COLUMN sum; DROP TABLE quarantine; PRAGMA user_version = 1; PRAGMA application_id = 0',
    );
    database.close();
    expect(openAndRefill(path)).toEqual({ served: events.length, troubles: [], quarantined: 0 });
  });
});
