import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
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

  async function reopen(path: string, tell: (sentence: string) => void = () => {}) {
    const store = openSqliteStore(path, tell);
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

  /** Overwrites the page of the file in which `events[0]` lies, and no other. */
  function breakPage(path: string): void {
    const bytes = readFileSync(path);
    const at = bytes.indexOf(String(events[0]?.id));
    expect(at).toBeGreaterThan(4_096);
    const page = Math.floor(at / 4_096) * 4_096;
    writeFileSync(path, bytes.fill(0xa5, page, page + 4_096));
  }

  function asideOf(path: string): readonly string[] {
    return readdirSync(dirname(path)).filter((name) => name.startsWith(`${basename(path)}.damaged-20`));
  }

  test('is whole again although the key of a row rotted', async () => {
    const path = await makeCopy();
    spoil(path, `UPDATE events SET id = 'rotten' WHERE id = '${events[0]?.id}'`);
    const store = await reopen(path);
    expect(await store.damage()).toContainEqual({ type: 'misfits', count: 1, first: 'rotten' });
    await store.put(events);
    expect(await store.damage()).toEqual([]);
    expect(await store.all()).toHaveLength(3);
  });

  test('reads its events although another table is broken', async () => {
    const path = await makeCopy();
    const bytes = readFileSync(path);
    bytes.write('CREATE TABLE receipts (id TEXT NOT NULL, belay', bytes.indexOf('CREATE TABLE receipts'));
    writeFileSync(path, bytes);
    const store = await reopen(path);
    expect(await store.all()).toHaveLength(3);
    expect(asideOf(path)).toHaveLength(1);
    expect(await store.damage()).toEqual([]);
  });

  test('puts a file that is no database aside and says that all is gone', async () => {
    const path = await makeCopy();
    writeFileSync(path, 'this is no database, whatever its name says'.repeat(100));
    const told: string[] = [];
    const store = await reopen(path, (sentence) => told.push(sentence));
    expect(asideOf(path)).toHaveLength(1);
    expect(told).toEqual([expect.stringMatching(/^This copy is damaged: .*log\.db .*none of its events .* relays\.$/)]);
    expect(await store.damage()).toEqual([{ type: 'short', held: 0, expected: 3 }]);
    await store.put(events);
    expect(await store.damage()).toEqual([]);
  });

  test('carries over what can be read out of a file with a broken page', async () => {
    const path = await makeCopy();
    const many = Array.from({ length: 60 }, (_, n) => event({ content: `${n}` }, keyNumber(2)));
    const store = openSqliteStore(path);
    await store.put(many);
    await store.addReceipts('ws://a', [String(many[0]?.id)]);
    await store.close();
    breakPage(path);
    const reopened = await reopen(path);
    const left = (await reopened.all()).length;
    expect(left).toBeGreaterThan(40);
    expect(left).toBeLessThan(63);
    expect((await reopened.receipts()).size).toBe(1);
    expect(await reopened.damage()).toEqual([{ type: 'short', held: left, expected: 63 }]);
    await reopened.put([...events, ...many]);
    expect(await reopened.damage()).toEqual([]);
    expect(asideOf(path)).toHaveLength(1);
  });

  test.each([
    ['breaks', breakPage],
    ['vanishes', (path: string) => rmSync(path)],
  ])('goes on with a new file when the old one %s while it is open', async (_, spoilFile) => {
    const path = await makeCopy();
    const store = await reopen(path);
    // A page that is in memory already is not read again.
    spoilFile(path);
    const more = event({ content: 'written after' }, keyNumber(1));
    await store.put([...events, more]);
    await store.close();
    const again = await reopen(path);
    expect((await again.all()).map(({ id }) => id).sort()).toEqual([...events, more].map(({ id }) => id).sort());
    expect(await again.damage()).toEqual([]);
  });

  test('misses a database that was deleted', async () => {
    const path = await makeCopy();
    rmSync(path);
    const store = await reopen(path);
    expect(await store.damage()).toEqual([{ type: 'short', held: 0, expected: 3 }]);
  });
});
