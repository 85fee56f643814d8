import { expect, test } from 'vitest';
import { ownFile } from '../../../src/log/published/own-file.ts';
import { sha256 } from '../../../src/log/published/texts.ts';

const FILE = '/api/lifeboat/v1/incidents/abc123abc123.json';
const MONTH = '/api/lifeboat/v1/history/2026-11.json';
const PARTS = '/api/lifeboat/v1/parts.json';
const record = JSON.stringify({ code: 'abc123abc123', started_at: '2026-11-22T03:12:00.000Z', updates: [] });
const month = JSON.stringify({ month: '2026-11', entries: [{ code: 'abc123abc123', sha256: sha256(record) }] });

/** A site on which parts.json names these files, and the hash that its snapshot has. */
function site(files: Readonly<Record<string, string>>, named: readonly string[]) {
  const parts = JSON.stringify(Object.fromEntries(named.map((path) => [path, sha256(files[path] ?? '')])));
  const all: Readonly<Record<string, string>> = { ...files, [PARTS]: parts };
  const read = (changed: Readonly<Record<string, string>> = {}) =>
    ownFile(async (path) => changed[path] ?? all[path], sha256(parts), 'abc123abc123');
  return { read };
}

test('an incident’s own file is believed where parts.json names it, or the list of its month does', async () => {
  expect(await site({ [FILE]: record }, [FILE]).read()).toMatchObject({ code: 'abc123abc123' });
  expect(await site({ [FILE]: record, [MONTH]: month }, [MONTH]).read()).toMatchObject({ code: 'abc123abc123' });
});

test('nothing is believed that does not follow from the snapshot', async () => {
  const listed = site({ [FILE]: record, [MONTH]: month }, [MONTH]);
  expect(await listed.read({ [FILE]: record.replace('03:12', '03:13') })).toBeUndefined();
  expect(await listed.read({ [MONTH]: month.replace('2026-11', '2026-12') })).toBeUndefined();
  expect(await listed.read({ [PARTS]: JSON.stringify({ [FILE]: sha256(record) }) })).toBeUndefined();
  expect(await listed.read({ [FILE]: '<html>Welcome to our Wi-Fi</html>' })).toBeUndefined();
  expect(await site({ [FILE]: record }, []).read()).toBeUndefined();
  expect(await site({}, [FILE]).read()).toBeUndefined();
});
