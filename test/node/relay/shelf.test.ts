import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { KIND } from '../../../src/model/event.ts';
import { type Filter, matches } from '../../../src/node/relay/filter.ts';
import { MemoryShelf } from '../../../src/node/relay/memory-shelf.ts';
import type { Shelf } from '../../../src/node/relay/shelf.ts';
import { SqliteShelf } from '../../../src/node/relay/sqlite-shelf.ts';
import {
  admin,
  firstRoster,
  ROOM,
  responder,
  root,
  STATUS,
  sealed,
  sign,
  stranger,
  TIME,
  update,
  watcher,
} from './organisation.ts';
import { client, now, relay } from './running.ts';

const NO_NEWS = { onTrouble: () => undefined, onDamage: () => undefined };
const file = () => join(mkdtempSync(join(tmpdir(), 'lifeboat-relay-')), 'relay.db');

function shelf(path = ':memory:'): SqliteShelf {
  const opened = new SqliteShelf(path, root.pk, NO_NEWS);
  onTestFinished(() => opened.close());
  return opened;
}

const events = [admin, responder].flatMap((author) =>
  Array.from({ length: 8 }, (_, n) => [
    update(author, `text ${n}`, {
      created_at: TIME + (n % 3),
      tags: [
        ['x', String(n % 2)],
        ['e', 'a'.repeat(64)],
      ],
    }),
    sealed(author, { created_at: TIME + n }),
  ]).flat(),
);

const shelves: readonly (readonly [string, () => Shelf])[] = [
  ['SQLite', () => shelf()],
  ['memory', () => new MemoryShelf()],
];

describe.each(shelves)('a shelf in %s', (_name, make) => {
  test('finds exactly what the filter of live events lets through, for any filter', () => {
    const held = make();
    held.put(events);
    const some = <Item>(...items: Item[]) => fc.option(fc.subarray(items), { nil: undefined });
    const filters = fc.record({
      ids: some(...events.slice(0, 6).map(({ id }) => id)),
      authors: some(admin.pk, responder.pk, stranger.pk),
      kinds: some(3913, 3914, 1),
      since: fc.option(fc.integer({ min: TIME, max: TIME + 8 }), { nil: undefined }),
      until: fc.option(fc.integer({ min: TIME, max: TIME + 8 }), { nil: undefined }),
      tags: fc.array(
        fc.tuple(fc.constantFrom('d', 'x', 'e', 'o'), fc.subarray([STATUS, ROOM, '1', root.pk.slice(0, 32)])),
      ),
    });
    fc.assert(
      fc.property(filters, ({ tags, ...rest }) => {
        const given = Object.entries(rest).filter(([, value]) => value !== undefined);
        const filter: Filter = { ...Object.fromEntries(given), tags: new Map(tags) };
        const found = held.find(filter, 1000).map(({ id }) => id);
        expect(found.toSorted()).toEqual(
          events
            .filter((event) => matches(filter, event))
            .map(({ id }) => id)
            .sort(),
        );
        expect(
          held
            .idsMatching(filter)
            .map(({ id }) => id)
            .sort(),
        ).toEqual(found.toSorted());
      }),
      { numRuns: 300 },
    );
  });

  test('keeps all or nothing of a batch', () => {
    const held = make();
    const poison = { ...update(admin, 'x'), content: 1n as unknown as string };
    expect(() => held.put([firstRoster, poison])).toThrow();
    expect(held.size).toBe(0);
    expect(held.put([firstRoster, firstRoster])).toEqual(['stored', 'duplicate']);
  });

  test('tells what follows an event, by the same author alone', () => {
    const held = make();
    const first = update(admin, 'first');
    const tags = [['e', first.id, '', 'prev']];
    held.put([first, update(responder, 'not its own', { tags })]);
    expect(held.follows(first)).toBe(false);
    held.put([update(admin, 'second', { tags })]);
    expect(held.follows(first)).toBe(true);
  });

  test('keeps the newest of an addressable chain, and of equals the lowest id', () => {
    const held = make();
    const pulse = (content: string, created_at = TIME) =>
      sign(watcher, { kind: KIND.pulse, d: 'x', content, created_at });
    const [low, high] = [pulse('a'), pulse('b')].toSorted((a, b) => (a.id < b.id ? -1 : 1));
    if (low === undefined || high === undefined) throw new Error('there are two');
    expect(held.put([high, low, high, pulse('older', TIME - 1), pulse('newer', TIME + 1)])).toEqual([
      'stored',
      'stored',
      'replaced',
      'replaced',
      'stored',
    ]);
    expect(held.size).toBe(1);
  });
});

describe('a shelf in a file', () => {
  test('names and removes a damaged row, so that a device can fill it in again', async () => {
    const path = file();
    const first = new SqliteShelf(path, root.pk, NO_NEWS);
    first.put([firstRoster, update(responder, 'whole')]);
    first.close();
    const database = new DatabaseSync(path);
    database.exec("UPDATE event SET json = replace(json, 'whole', 'wrong')");
    database.close();
    const troubles: string[] = [];
    const { url } = await relay({ now, db: path, onTrouble: (sentence) => troubles.push(sentence) });
    expect(troubles).toEqual([expect.stringContaining(update(responder, 'whole').id)]);
    const one = await client(url);
    expect(await one.fetch({})).toEqual([firstRoster]);
    expect(await one.publish(update(responder, 'whole'))).toEqual([true, '']);
  });

  test('holds everything after a stop and a start on the same file', async () => {
    const path = file();
    const first = await relay({ now, db: path });
    const one = await client(first.url);
    await one.publish(firstRoster);
    await one.publish(update(responder, 'kept'));
    await first.close();
    const second = await relay({ now, db: path });
    expect(second.events).toBe(2);
    const two = await client(second.url);
    expect(await two.fetch({ kinds: [3914] })).toEqual([update(responder, 'kept')]);
    expect(await two.publish(update(responder, 'more'))).toEqual([true, '']);
  });

  test('says in one sentence why a file cannot be used', () => {
    const path = file();
    shelf(path);
    expect(() => new SqliteShelf(path, root.pk, NO_NEWS)).toThrow(/in use by another relay/);
    const other = file();
    new SqliteShelf(other, root.pk, NO_NEWS).close();
    expect(() => new SqliteShelf(other, stranger.pk, NO_NEWS)).toThrow(/belongs to the organisation of root key/);
    const text = file();
    writeFileSync(text, 'this is a text, and a rather long one, so that SQLite looks at it twice.'.repeat(20));
    expect(() => new SqliteShelf(text, root.pk, NO_NEWS)).toThrow(/^Cannot use .*not a database.*left as it is/);
    // Also the second time, when our lock might have stood beside it.
    expect(() => new SqliteShelf(text, root.pk, NO_NEWS)).toThrow(/left as it is/);
    expect(readdirSync(dirname(text))).toEqual(['relay.db']);
    const foreign = file();
    const database = new DatabaseSync(foreign);
    database.exec('CREATE TABLE bookmark (url TEXT)');
    database.close();
    expect(() => new SqliteShelf(foreign, root.pk, NO_NEWS)).toThrow(/is a database of another program/);
    expect(() => new SqliteShelf('/no/such/folder/relay.db', root.pk, NO_NEWS)).toThrow(
      /^Cannot use .*folder writable/,
    );
  });
});
