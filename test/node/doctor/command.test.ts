import { mkdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { canonical } from '../../../src/model/canonical.ts';
import { isoTime } from '../../../src/model/clock.ts';
import { chainName, KIND } from '../../../src/model/event.ts';
import type { Subject } from '../../../src/model/pulse.ts';
import { askRelay } from '../../../src/node/doctor/ask-relay.ts';
import type { Facts } from '../../../src/node/doctor/facts.ts';
import type { Finding } from '../../../src/node/doctor/finding.ts';
import { startHost } from '../../../src/node/host/host.ts';
import { openKeyLog } from '../../../src/node/organisation/open.ts';
import { buildSite } from '../../../src/node/publish/build.ts';
import { jsonOf, lifeboat, ONE_SENTENCE } from '../people/command-line.ts';
import { type Harbour, openHarbour } from '../people/harbour.ts';

const SITE = 'name: Tidewater\ncomponents:\n  - { id: cards, name: Cards }\n';
let harbour: Harbour;
const doctor = (...args: readonly string[]) => lifeboat('doctor', '--dir', harbour.dir, '--json', ...args);
const rulesOf = ({ findings }: { readonly findings: readonly Finding[] }, group: Finding['group']) =>
  findings.filter((one) => one.group === group).map(({ rule }) => rule);

beforeAll(async () => {
  harbour = await openHarbour();
  await harbour.start();
  await mkdir(join(harbour.dir, 'content'), { recursive: true });
  await writeFile(join(harbour.dir, 'content', 'site.yaml'), SITE);
  await buildSite();
  expect((await lifeboat('sync', '--dir', harbour.dir, '--relay', harbour.relay)).stderr).toBe('');
});
afterAll(() => harbour.close());

describe('lifeboat doctor', () => {
  test('finds a page that this version published in order, and what it lacks in company', async () => {
    const out = harbour.path('out');
    const published = await lifeboat('publish', '--dir', harbour.dir, '--relay', harbour.relay, '--to', out, '--once');
    expect([published.code, published.stderr]).toEqual([0, '']);
    const host = await startHost({ folder: out, port: 0, host: '127.0.0.1' });
    onTestFinished(host.close);
    const ended = await doctor('--relay', harbour.relay, '--site', host.url);
    expect(ended.code).toBe(1);
    const said = jsonOf<{ readonly findings: readonly Finding[]; readonly facts: Facts }>(ended);
    expect(rulesOf(said, 'wrong')).toEqual([]);
    // Nobody has started the watcher whose key `init` made.
    expect(rulesOf(said, 'stale')).toEqual(['watcher']);
    expect(rulesOf(said, 'together')).toEqual(['copies', 'relays', 'admins', 'watchers', 'publishers', 'host']);
    expect(said.facts.sites[0]).toMatchObject({
      root: { value: harbour.root },
      snapshot: { value: { signed: true } },
      shared: { value: true },
      missing: { value: { page: 404, api: 404, json: true } },
      headers: { value: [] },
    });
    expect(said.facts.relays[0]?.health).toMatchObject({ value: { ok: true } });
  });

  test('sees on the relay that a watcher fell silent, and what nobody looks at any more', async () => {
    const site = join(harbour.dir, 'content', 'site.yaml');
    onTestFinished(() => writeFile(site, SITE));
    await writeFile(site, SITE.replace('Cards }', 'Cards, probes: [{ tcp: "127.0.0.1:9" }] }'));
    const saying = async (at: number, subject: Subject) => {
      const { log } = await openKeyLog(harbour.dir, 'watcher', [harbour.relay]);
      await log.whenSynced(5000);
      const observation = { subject, status: 'operational', checked_at: isoTime(at), changed_at: null, detail: null };
      const pulse = { v: 1, vantage: 'first', at: isoTime(at), valid_until: isoTime(at + 60_000) };
      const content = canonical({ ...pulse, observations: [observation] });
      const { id } = await log.announce({ kind: KIND.pulse, d: chainName.pulse(log.org, 'first'), content });
      const held = () => askRelay(harbour.relay, { ids: [id], kinds: [KIND.pulse], '#o': [log.org] }, 5000);
      await vi.waitFor(async () => expect(await held()).toHaveLength(1), { timeout: 10_000 });
      await log.close();
    };
    const staleNow = async () => {
      const { findings } = jsonOf<{ readonly findings: readonly Finding[] }>(await doctor('--relay', harbour.relay));
      return findings.filter(({ group }) => group === 'stale').map(({ sentence }) => sentence);
    };
    await saying(Date.now() - 3_600_000, 'component:cards');
    expect(await staleNow()).toEqual([
      expect.stringMatching(/^The watcher "first" is silent: its newest pulse is of \d{4}-.+ "lifeboat watch" there/),
      expect.stringContaining('No watcher looks at Cards'),
    ]);
    await saying(Date.now(), 'component:ledger');
    expect(await staleNow()).toEqual([expect.stringContaining('No watcher looks at Cards')]);
    await saying(Date.now(), 'component:cards');
    expect(await staleNow()).toEqual([]);
  });

  test('sees through a host that answers everything with one page', async () => {
    const server = createServer((_, response) => response.end('<title>Sign in to the Wi-Fi</title>')).listen(
      0,
      '127.0.0.1',
    );
    await new Promise((resolve) => server.once('listening', resolve));
    onTestFinished(() => void server.close());
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const said = jsonOf<{ readonly findings: readonly Finding[] }>(
      await doctor('--relay', harbour.relay, '--site', `http://127.0.0.1:${port}/`),
    );
    expect(rulesOf(said, 'wrong').sort()).toEqual(['cors', 'headers', 'not-found', 'root']);
    expect(rulesOf(said, 'unknown')).toContain('snapshot');
  });

  test('says in words that it could not know, and never that all is well', async () => {
    const gone = 'http://127.0.0.1:9/';
    const { code, stdout } = await lifeboat('doctor', '--dir', harbour.dir, '--relay', harbour.relay, '--site', gone);
    expect(code).toBe(1);
    expect(stdout).toContain('Could not be known, which is not the same as fine');
    expect(stdout).toMatch(/The snapshot of the page 127\.0\.0\.1:9: .+\n/);
    expect(stdout).toMatch(/must be mended\. \d+ things could not be known\.\n$/);
  });

  test('takes what the operator tells, and says where that is wrong', async () => {
    const hosting = join(harbour.dir, 'content', 'hosting.yaml');
    await writeFile(hosting, 'hosts:\n  - host: 127.0.0.1\n    cloud: Harbour Cloud\n  - host: relay.old.example\n');
    onTestFinished(() => rm(hosting));
    const said = jsonOf<{ readonly facts: Facts; readonly findings: readonly Finding[] }>(
      await doctor('--relay', harbour.relay),
    );
    expect(rulesOf(said, 'stale')).toContain('hosting');
    expect(said.facts.hosts.map(({ cloud }) => cloud)).toEqual([{ type: 'known', value: 'Harbour Cloud' }]);
    await writeFile(hosting, 'hosts:\n  - host: 127.0.0.1\n    clowd: x\n');
    const wrong = await doctor('--relay', harbour.relay);
    expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringMatching(ONE_SENTENCE)]);
    expect(wrong.stderr).toContain('hosting.yaml line 3: hosts[0]');
  });
});
