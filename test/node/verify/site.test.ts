import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startHost } from '../../../src/node/host/host.ts';
import { nodePlatform } from '../../../src/node/platform.ts';
import { buildSite } from '../../../src/node/publish/build.ts';
import { startPublisher } from '../../../src/node/publish/publisher.ts';
import { hashOf } from '../../../src/vault/manifest.ts';
import { jsonOf, lifeboat, ONE_SENTENCE } from '../people/command-line.ts';
import { type Harbour, openHarbour, site } from '../publish/harbour.ts';

const API = 'api/lifeboat/v1';
let harbour: Harbour;
let root = '';
let copy = '';
/** The site as it was one round before. */
let earlier = '';

beforeAll(async () => {
  harbour = await openHarbour();
  root = harbour.log.root;
  await harbour.pulse({ api: 'major_outage' });
  await harbour.post('investigating', 'Cards are failing.');
  const dist = await buildSite();
  const publisher = await startPublisher({ site, log: harbour.log, platform: nodePlatform, dist, out: harbour.out });
  earlier = `${harbour.out}-earlier`;
  cpSync(harbour.out, earlier, { recursive: true });
  await harbour.post('identified', 'A disk is full.');
  await publisher.publishNow();
  await publisher.close();
  const sealed = Buffer.from('age-encryption.org/v1 and so on');
  mkdirSync(join(harbour.out, 'vault'));
  writeFileSync(join(harbour.out, 'vault', `${hashOf(sealed)}.age`), sealed);
  copy = `${harbour.out}-copy`;
});
afterAll(async () => {
  await harbour?.close();
  for (const folder of [copy, earlier]) rmSync(folder, { recursive: true, force: true });
});

/** Verifies a copy of the site after `change`. */
async function changed(change: (path: (name: string) => string) => void) {
  rmSync(copy, { recursive: true, force: true });
  cpSync(harbour.out, copy, { recursive: true });
  change((name) => join(copy, name));
  return lifeboat('verify', copy, '--org', root);
}

function flip(file: string, at: number): void {
  const bytes = readFileSync(file);
  const place = Math.floor(at * (bytes.length - 1));
  bytes[place] = (bytes[place] ?? 0) ^ 1;
  writeFileSync(file, bytes);
}

describe('verify a published site', () => {
  test('says that all is right, of the folder and over HTTP, with what it is the site of', async () => {
    const verified = await lifeboat('verify', harbour.out, '--org', root, '--json');
    expect(verified).toMatchObject({ code: 0, stderr: '' });
    expect(jsonOf(verified)).toMatchObject({
      ok: true,
      root,
      notes: [expect.stringMatching(/^Compared: /), expect.stringMatching(/^Not compared: pages drawn as HTML/)],
      counts: { incidents: 1, vault_files: 1 },
    });
    expect(jsonOf(await lifeboat('verify', harbour.out, '--json'))).toMatchObject({ root });
    const host = await startHost({ folder: harbour.out, port: 0, host: '127.0.0.1' });
    const served = await lifeboat('verify', host.url, '--org', root);
    await host.close();
    expect(served).toMatchObject({ code: 0, stdout: expect.stringContaining('cannot list its vault over HTTP') });
  });

  test('finds with the log all that the state follows from, and no address that is probed', () => {
    const evidence = readFileSync(join(harbour.out, API, 'evidence.json'), 'utf8');
    const { site: stated, pulses } = JSON.parse(evidence);
    expect(stated.components.map(({ id, probed }: { id: string; probed: boolean }) => [id, probed])).toEqual(
      site.components.map(({ id }) => [id, true]),
    );
    expect(pulses).toHaveLength(1);
    const [address] = site.components.flatMap(({ probes }) =>
      probes.map((probe) => ('host' in probe ? probe.host : '')),
    );
    expect(address).toBe('localhost');
    expect(evidence).not.toContain(address);
  });

  test.each([
    ['log/public.jsonl', /public\.jsonl line \d+: /],
    [`${API}/snapshot.json`, /snapshot\.json: /],
    [`${API}/parts.json`, /parts\.json: it does not have the hash that the snapshot names/],
    [`${API}/roster.json`, /roster\.json: it is not what the events of log\/public\.jsonl say/],
    [`${API}/incidents/abc123abc123.json`, /abc123abc123\.json: it is not what the events/],
    ['api/404.json', /api\/404\.json: it does not have the hash/],
    ['api/405.json', /api\/405\.json: it does not have the hash/],
    ['api/404.html', /api\/404\.html: it is not the same as api\/404\.json/],
    ['sw.js', /sw\.js: /],
    ['manifest.webmanifest', /manifest\.webmanifest: it is not the file that the service worker lists/],
    ['shell/status/index.html', /shell\/status\/index\.html: /],
  ])('names %s when one byte of it is changed, wherever', async (name, sentence) => {
    for (const at of [0, 0.31, 0.5, 0.77, 1]) {
      const { code, stderr } = await changed((path) => flip(path(name), at));
      expect([name, at, code, ONE_SENTENCE.test(stderr)]).toEqual([name, at, 1, true]);
      expect(stderr).toMatch(sentence);
    }
  });

  test('names a file that is missing, and a vault file that is another', async () => {
    for (const name of [
      'log/public.jsonl',
      `${API}/snapshot.json`,
      `${API}/parts.json`,
      `${API}/incidents/abc123abc123.json`,
      'sw.js',
      'icon.svg',
    ]) {
      const { code, stderr } = await changed((path) => unlinkSync(path(name)));
      expect([code, stderr]).toEqual([1, expect.stringContaining(`${name}: it is missing`)]);
    }
    const [vault = ''] = readdirSync(join(harbour.out, 'vault'));
    expect((await changed((path) => flip(path(`vault/${vault}`), 0.5))).stderr).toContain(
      'does not have the hash that is its name',
    );
  });

  test('finds a page that names another root, and an older log under a newer snapshot', async () => {
    const page = await changed((path) =>
      writeFileSync(path('index.html'), readFileSync(path('index.html'), 'utf8').replace(root, 'a'.repeat(64))),
    );
    expect(page.stderr).toContain('index.html: it does not name the root key');
    const log = await changed((path) => {
      const lines = readFileSync(path('log/public.jsonl'), 'utf8').trimEnd().split('\n');
      writeFileSync(
        path('log/public.jsonl'),
        `${lines.filter((line) => !line.includes('A disk is full.')).join('\n')}\n`,
      );
    });
    expect(log).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/abc123abc123|snapshot\.json|parts\.json|incident/),
    });
  });

  test('says of what a stopped publisher left that its round is not finished, and still finds what was changed in it', async () => {
    const leave = (path: (name: string) => string) => {
      // What the older snapshot names lies there for a while yet.
      cpSync(join(earlier, API, 'parts'), path(`${API}/parts`), { recursive: true });
      for (const name of [`${API}/snapshot.json`, 'index.html'])
        writeFileSync(path(name), readFileSync(join(earlier, name)));
    };
    const left = await changed(leave);
    expect(left.code).toBe(1);
    expect(left.stderr).toMatch(ONE_SENTENCE);
    expect(left.stderr).toMatch(/v1\/parts\.json: it is of another round than the snapshot \(other files too: \d\d\)/);
    for (const [name, sentence] of [
      [`${API}/parts.json`, /parts\.json: it does not have the hash that the snapshot names/],
      [`${API}/evidence.json`, /evidence\.json: /],
      [`${API}/incidents/abc123abc123.json`, /abc123abc123\.json: it is not what the events/],
    ] as const) {
      const both = await changed((path) => {
        leave(path);
        flip(path(name), 0.5);
      });
      expect([both.code, both.stderr]).toEqual([1, expect.stringMatching(sentence)]);
    }
  });

  test('is not led out of the folder, and not held up by a host that never ends or answers with a log-in page', async () => {
    const { code, stderr } = await changed((path) => {
      const text = readFileSync(path('sw.js'), 'utf8');
      writeFileSync(path('sw.js'), text.replace('"files":{', '"files":{"/../../../../etc/passwd":"x",'));
    });
    expect([code, stderr]).toEqual([1, expect.stringContaining('sw.js')]);
    const portal = createServer((_request, response) => response.end('<!doctype html><title>Log in</title>'));
    await new Promise<void>((resolve) => portal.listen(0, '127.0.0.1', resolve));
    const address = portal.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    expect(await lifeboat('verify', `http://127.0.0.1:${port}/`)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('line 1: it is no JSON'),
    });
    portal.close();
    expect(await lifeboat('verify', `http://127.0.0.1:${port}/`)).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(ONE_SENTENCE),
    });
  });
});
