import { describe, expect, test } from 'vitest';
import { memoryFiles } from '../../src/stores/vault-files.ts';
import { olderVersions } from '../../src/stores/vault-older.ts';
import { recipientOf, sealFile, vaultIdentity } from '../../src/vault/age-file.ts';
import { hashOf, type ManifestEntry, manifestText } from '../../src/vault/manifest.ts';

const identity = vaultIdentity(new Uint8Array(32).fill(9));
const recipient = await recipientOf(identity);

const entryOf = (id: string, file: Uint8Array): ManifestEntry => ({
  id,
  title: id,
  kind: 'runbook',
  sha256: hashOf(file),
  size: file.length,
  services: [],
  alerts: [],
});
const seal = (id: string, source: string) => sealFile(JSON.stringify({ v: 1, id, source }), [recipient]);

describe('a document whose new version has not arrived', () => {
  test('is lent by the last complete list; one that is here is not', async () => {
    const files = memoryFiles();
    const [oldLag, oldFailover] = [await seal('lag', 'old lag'), await seal('failover', 'old failover')];
    const complete = await sealFile(manifestText([entryOf('lag', oldLag), entryOf('failover', oldFailover)]), [
      recipient,
    ]);
    for (const file of [oldLag, oldFailover, complete]) await files.put(hashOf(file), file);
    const newLag = await seal('lag', 'new lag');
    const listed = [entryOf('lag', newLag), entryOf('failover', oldFailover)];

    const older = await olderVersions(listed, hashOf(complete), files, [identity]);
    expect(older.map(({ source }) => source)).toEqual(['old lag']);

    await files.put(hashOf(newLag), newLag);
    expect(await olderVersions(listed, hashOf(complete), files, [identity])).toEqual([]);
  });

  test('is nothing where no list was ever complete, or the old file is damaged', async () => {
    const files = memoryFiles();
    const file = await seal('lag', 'old lag');
    const complete = await sealFile(manifestText([entryOf('lag', file)]), [recipient]);
    const listed = [entryOf('lag', await seal('lag', 'new lag'))];
    expect(await olderVersions(listed, undefined, files, [identity])).toEqual([]);
    await files.put(hashOf(complete), complete);
    await files.put(hashOf(file), new Uint8Array([1, 2, 3]));
    expect(await olderVersions(listed, hashOf(complete), files, [identity])).toEqual([]);
  });
});
