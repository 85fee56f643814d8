import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openSqliteStore } from '../../../src/node/store/sqlite-store.ts';
import { event, keyNumber } from '../../log/signing.ts';
import { describeStore } from '../../log/store/store-contract.ts';

function makeFolder(): string {
  return mkdtempSync(join(tmpdir(), 'lifeboat-store-'));
}

describeStore(
  'SQLite',
  () => {
    const folder = makeFolder();
    return { open: () => openSqliteStore(join(folder, 'log.db')), remove: () => rmSync(folder, { recursive: true }) };
  },
  { lasting: true },
);

describe('a damaged SQLite copy', () => {
  const events = ['a', 'b', 'c'].map((content) => event({ content }, keyNumber(1)));

  async function makeCopy(): Promise<string> {
    const folder = makeFolder();
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const path = join(folder, 'log.db');
    const store = openSqliteStore(path);
    await store.put(events);
    await store.close();
    return path;
  }

  function spoil(path: string, sql: string): void {
    const database = new DatabaseSync(path);
    database.exec(sql);
    database.close();
  }

  async function reopen(path: string) {
    const store = openSqliteStore(path);
    onTestFinished(() => store.close());
    return store;
  }

  test('names rows that were lost, and is whole again once they are back', async () => {
    const path = await makeCopy();
    spoil(path, `DELETE FROM events WHERE id = '${events[0]?.id}'`);
    const store = await reopen(path);
    expect(await store.damage()).toEqual([{ type: 'short', held: 2, expected: 3 }]);
    await store.put(events);
    expect(await store.damage()).toEqual([]);
  });

  test('leaves out and names a row that does not fit its id, until the honest one is back', async () => {
    const path = await makeCopy();
    spoil(path, `UPDATE events SET event = replace(event, '"content":"a"', '"content":"x"')`);
    const store = await reopen(path);
    expect(await store.all()).toHaveLength(2);
    expect(await store.get([String(events[0]?.id)])).toEqual([]);
    expect(await store.damage()).toContainEqual({ type: 'misfits', count: 1, first: events[0]?.id });
    expect(await store.put(events)).toEqual([events[0]]);
    expect(await store.damage()).toEqual([]);
  });

  test('puts a file that is no database aside and says that all is gone', async () => {
    const path = await makeCopy();
    writeFileSync(path, 'this is no database, whatever its name says'.repeat(100));
    const store = await reopen(path);
    expect(existsSync(`${path}.damaged`)).toBe(true);
    expect(await store.damage()).toEqual([{ type: 'short', held: 0, expected: 3 }]);
    await store.put(events);
    expect(await store.damage()).toEqual([]);
  });

  test('misses a database that was deleted', async () => {
    const path = await makeCopy();
    rmSync(path);
    const store = await reopen(path);
    expect(await store.damage()).toEqual([{ type: 'short', held: 0, expected: 3 }]);
  });
});
