import { renameSync, rmSync, statSync, truncateSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { SqliteShelf } from '../../../src/node/relay/sqlite-shelf.ts';
import { firstRoster, responder, root, TIME, update } from './organisation.ts';
import { freshDatabase, spawnRelayChild } from './relay-child.ts';
import { client } from './running.ts';

const before = [
  firstRoster,
  ...Array.from({ length: 20 }, (_, n) => update(responder, `${n}`, { created_at: TIME + n })),
];
const after = update(responder, 'after', { created_at: TIME + 100 });
const ids = (events: readonly { id: string }[]) => events.map(({ id }) => id).toSorted();

type Attack = (db: string, older: string) => void;
const remove =
  (...suffixes: readonly string[]): Attack =>
  (db) => {
    for (const suffix of suffixes) rmSync(db + suffix);
  };
const empty =
  (...suffixes: readonly string[]): Attack =>
  (db) => {
    for (const suffix of suffixes) truncateSync(db + suffix);
  };
const attacks: readonly (readonly [string, Attack])[] = [
  ['deleted', remove('', '-wal', '-shm')],
  ['deleted with their lock', remove('', '-wal', '-shm', '-lock')],
  ['cut to nothing', empty('', '-wal')],
  ['with a log cut to nothing', empty('-wal')],
  ['replaced by an older copy', (db, older) => renameSync(older, db)],
];

describe('database files that somebody takes away under a running relay', () => {
  test.each(attacks)(
    '%s: what is acknowledged, before and after, is there at the next start',
    async (_how, attack) => {
      const [db, older] = [freshDatabase(), freshDatabase()];
      const other = await spawnRelayChild(older);
      other.signal('SIGTERM');
      await other.ended;
      const relay = await spawnRelayChild(db);
      const one = await client(relay.url ?? '');
      for (const event of before) await one.publish(event);
      attack(db, older);
      // Also "duplicate" is an OK.
      expect((await one.publish(before[3] ?? after))[0]).toBe(true);
      expect(relay.said()).toMatch(/was (removed or replaced|cut short) while the relay ran/);
      expect((await one.publish(after))[0]).toBe(true);
      const health = await (await fetch(`${relay.url?.replace('ws', 'http')}/healthz`)).json();
      expect(health).toMatchObject({ ok: true, reopened: 1 });
      relay.signal('SIGKILL');
      await relay.ended;
      const again = await spawnRelayChild(db);
      const stored = await (await client(again.url ?? '')).fetch({});
      expect(ids(stored as typeof before)).toEqual(ids([...before, after]));
    },
    30_000,
  );

  test('a log that a backup emptied in order is no loss', () => {
    const db = freshDatabase();
    const troubles: string[] = [];
    const news = { onTrouble: (sentence: string) => troubles.push(sentence), onDamage: () => undefined };
    const shelf = new SqliteShelf(db, root.pk, news);
    shelf.put(before);
    const backup = new DatabaseSync(db);
    expect(backup.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()).toMatchObject({ busy: 0 });
    expect(statSync(`${db}-wal`).size).toBe(0);
    backup.close();
    expect(shelf.put([after])).toEqual(['stored']);
    truncateSync(`${db}-wal`);
    expect(() => shelf.put([after])).toThrow('was cut short');
    expect(troubles).toEqual([]);
    shelf.close();
  });
});
