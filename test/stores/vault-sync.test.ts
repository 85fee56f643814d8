import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { nodePlatform } from '../../src/node/platform.ts';
import { memoryFiles } from '../../src/stores/vault-files.ts';
import { syncFiles } from '../../src/stores/vault-sync.ts';
import { hashOf, vaultPath } from '../../src/vault/manifest.ts';

const documents = ['first', 'second', 'third'].map((text) => new TextEncoder().encode(text));
const wanted = documents.map(hashOf);

describe('bringing sealed files to the device', () => {
  const served = new Map<string, Uint8Array>();
  const server = createServer((request, response) => {
    const found = served.get(request.url ?? '');
    response.writeHead(found === undefined ? 404 : 200).end(found ?? 'not here');
  });
  let origin = '';
  let asked: string[] = [];
  const files = memoryFiles();
  server.on('request', (request) => asked.push(request.url ?? ''));

  beforeEach(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    served.clear();
    asked = [];
    for (const hash of await files.list()) await files.remove(hash);
    for (const document of documents) served.set(vaultPath(hashOf(document)), document);
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const sync = async (origins = [origin]) => {
    const got: string[] = [];
    const result = await syncFiles({
      platform: nodePlatform,
      files,
      origins,
      wanted,
      goesOn: () => true,
      onFile: async (hash) => {
        got.push(hash);
      },
    });
    return { ...result, got: got.sort() };
  };

  test('fetches what is lacking, and what is here only once', async () => {
    expect(await sync()).toEqual({ missing: 0, damaged: 0, got: wanted.toSorted() });
    asked = [];
    expect(await sync()).toEqual({ missing: 0, damaged: 0, got: wanted.toSorted() });
    expect(asked).toEqual([]);
  });

  test('takes nothing that is not what its name says: a captive portal costs no document', async () => {
    served.set(vaultPath(wanted[1] ?? ''), new TextEncoder().encode('<title>WiFi login</title>'));
    const { missing, got } = await sync();
    expect([missing, got.length, (await files.list()).size]).toEqual([1, 2, 2]);
  });

  test('goes to the mirror when the site is dead', async () => {
    expect((await sync(['http://127.0.0.1:9', origin])).missing).toBe(0);
  });

  test('names a damaged copy and fetches it again', async () => {
    await files.put(wanted[0] ?? '', new Uint8Array([1, 2, 3]));
    expect(await sync()).toMatchObject({ missing: 0, damaged: 1 });
    expect(await files.get(wanted[0] ?? '')).toEqual(documents[0]);
  });

  test('shows what is here when nothing can be reached', async () => {
    await files.put(wanted[2] ?? '', documents[2] ?? new Uint8Array());
    expect(await sync(['http://127.0.0.1:9'])).toEqual({ missing: 2, damaged: 0, got: [wanted[2]] });
  });
});
