import { afterEach, describe, expect, test, vi } from 'vitest';
import { publicKeyOf } from '../../../src/log/event.ts';
import { openLog } from '../../../src/log/log.ts';
import { createBlindWriter } from '../../../src/log/rooms/blind-writer.ts';
import { createMemoryStore } from '../../../src/log/store/memory-store.ts';
import { KIND } from '../../../src/model/event.ts';
import { modeOf } from '../../../src/model/mode.ts';
import type { DayBody, ObservationBody } from '../../../src/model/public-content.ts';
import { readPulse } from '../../../src/model/pulse-form.ts';
import type { Probe, Site } from '../../../src/model/site.ts';
import { nodePlatform } from '../../../src/node/platform.ts';
import { startWatcher, type Watcher } from '../../../src/node/watch/watcher.ts';
import type { Platform } from '../../../src/platform.ts';
import { EVERY, siteWith, tcp } from './site.ts';
import { killStubs, startStub } from './stub.ts';

const KEY = new Uint8Array(32).fill(7);
const open: { close(): Promise<void> }[] = [];

afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
  await killStubs();
});

const http = (port: number): Probe => ({
  kind: 'http',
  url: `http://127.0.0.1:${port}/ok`,
  method: 'GET',
  statuses: [],
  slow_ms: null,
  body: null,
  json: null,
  every_ms: EVERY,
  deadline_ms: 250,
});

async function memoryLog(platform: Platform = nodePlatform) {
  const log = await openLog({ root: publicKeyOf(KEY), relays: [], store: createMemoryStore(), platform });
  log.unlock(KEY);
  open.push(log);
  return log;
}

type Held = Awaited<ReturnType<typeof memoryLog>>;

function bodies<Body>(log: Held, type: string): Body[] {
  return log
    .events()
    .filter(({ kind }) => kind === KIND.public)
    .map(({ content }) => JSON.parse(content) as { type: string; body: Body })
    .filter((content) => content.type === type)
    .map(({ body }) => body);
}

const transitions = (log: Held) =>
  bodies<ObservationBody>(log, 'observation').map(({ from, status }) => [from, status]);

function pulseOf(log: Held) {
  const event = log.events().find(({ kind }) => kind === KIND.pulse);
  return event && readPulse(JSON.parse(event.content));
}

function watch(log: Held, site: Site, platform: Platform = nodePlatform): { watcher: Watcher; said: () => string[] } {
  const said: string[] = [];
  const onProblem = (sentence: string) => said.push(sentence);
  const watcher = startWatcher({ site, log, seal: createBlindWriter(log, KEY), platform, vantage: 'here', onProblem });
  open.push(watcher);
  return { watcher, said: () => said };
}

/** Waits until the pulse says `status`; gives how long that took. */
async function until(log: Held, status: string, timeout: number): Promise<number> {
  const started = performance.now();
  await vi.waitFor(() => expect(pulseOf(log)?.observations[0]?.status).toBe(status), { timeout, interval: 10 });
  return performance.now() - started;
}

describe('a watcher', () => {
  test('shows an http server that stops, comes back and freezes, each within two intervals', async () => {
    const server = await startStub('http');
    const log = await memoryLog();
    const { said } = watch(log, siteWith(http(server.port)));
    await until(log, 'operational', EVERY);
    await server.kill();
    expect(await until(log, 'major_outage', 2 * EVERY)).toBeLessThan(2 * EVERY);
    const again = await startStub('http', server.port);
    await until(log, 'operational', 2 * EVERY);
    again.signal('SIGSTOP');
    await until(log, 'major_outage', 2 * EVERY);
    expect(transitions(log)).toEqual([
      ['unknown', 'operational'],
      ['operational', 'major_outage'],
      ['major_outage', 'operational'],
      ['operational', 'major_outage'],
    ]);
    expect(pulseOf(log)?.observations[0]?.detail).toBe('No answer within 250 ms.');
    // Nobody has made a room in this log; for three alerts it is said once.
    expect(said()).toEqual([expect.stringContaining('No room takes alerts yet')]);
  });

  test('shows a tcp server that stops and comes back within two intervals', async () => {
    const server = await startStub('tcp');
    const log = await memoryLog();
    watch(log, siteWith(tcp(server.port)));
    await until(log, 'operational', EVERY);
    await server.kill();
    await until(log, 'major_outage', 2 * EVERY);
    await startStub('tcp', server.port);
    await until(log, 'operational', 2 * EVERY);
  });

  test('shows within two intervals that chat and observability stopped together', async () => {
    const [chat, eyes] = [await startStub('http'), await startStub('tcp')];
    const vendors: Site['vendors'] = [
      { id: 'talk', name: 'Team chat', lifeline: 'chat', probes: [http(chat.port)] },
      { id: 'eyes', name: 'Observability', lifeline: 'observability', probes: [tcp(eyes.port)] },
    ];
    const log = await memoryLog();
    watch(log, { ...siteWith(), components: [], vendors });
    const mode = () =>
      modeOf(
        [pulseOf(log)].flatMap((pulse) => pulse ?? []),
        vendors,
        Date.now(),
      );
    await until(log, 'operational', EVERY);
    expect(mode()).toBe('normal');
    await Promise.all([chat.kill(), eyes.kill()]);
    await vi.waitFor(() => expect(mode()).toBe('fallback'), { timeout: 2 * EVERY, interval: 10 });
  });

  test('says how long its pulse may be believed, and for how long it was so', async () => {
    const server = await startStub('tcp');
    const log = await memoryLog();
    watch(log, siteWith(tcp(server.port)));
    await until(log, 'operational', EVERY);
    const pulse = pulseOf(log);
    expect(Date.parse(pulse?.valid_until ?? '') - Date.parse(pulse?.at ?? '')).toBe(15_000);
    expect(pulse?.observations[0]).toMatchObject({ subject: 'component:ledger', status: 'operational' });
    expect(pulse?.observations[0]?.changed_at).not.toBeNull();
  });

  test('lets the worst probe of a component speak', async () => {
    const [good, bad] = [await startStub('http'), await startStub('tcp')];
    await bad.kill();
    const log = await memoryLog();
    watch(log, siteWith(http(good.port), tcp(bad.port)));
    await until(log, 'major_outage', EVERY);
  });

  test('goes on after a restart without a word when nothing changed', async () => {
    const server = await startStub('tcp');
    const log = await memoryLog();
    const { watcher } = watch(log, siteWith(tcp(server.port)));
    await until(log, 'operational', EVERY);
    await watcher.close();
    const before = pulseOf(log)?.at;
    watch(log, siteWith(tcp(server.port)));
    await vi.waitFor(() => expect(pulseOf(log)?.at).not.toBe(before), { timeout: 2 * EVERY });
    expect(transitions(log)).toEqual([['unknown', 'operational']]);
  });

  test('counts the time when nobody watched as unknown, and makes up for the days it missed', async () => {
    let ahead = 0;
    const platform: Platform = { ...nodePlatform, now: () => Date.parse('2026-11-20T12:00:00.000Z') + ahead };
    const server = await startStub('tcp');
    const log = await memoryLog(platform);
    const { watcher } = watch(log, siteWith(tcp(server.port)), platform);
    await until(log, 'operational', EVERY);
    await watcher.close();
    ahead = 36 * 3_600_000;
    watch(log, siteWith(tcp(server.port)), platform);
    await vi.waitFor(() => expect(bodies(log, 'day')).toHaveLength(2), { timeout: 2 * EVERY });
    await until(log, 'operational', EVERY);
    expect(transitions(log)).toEqual([
      ['unknown', 'operational'],
      ['operational', 'unknown'],
      ['unknown', 'operational'],
    ]);
    expect(bodies<DayBody>(log, 'day')).toEqual([
      { vantage: 'here', day: '2026-11-20', seconds: { 'component:ledger': { operational: 15, unknown: 86_385 } } },
      { vantage: 'here', day: '2026-11-21', seconds: { 'component:ledger': { unknown: 86_400 } } },
    ]);
  });

  test('stops cleanly and writes nothing afterwards', async () => {
    const server = await startStub('tcp');
    const log = await memoryLog();
    const { watcher } = watch(log, siteWith(tcp(server.port)));
    await until(log, 'operational', EVERY);
    await watcher.close();
    const count = log.events().length;
    await server.kill();
    await new Promise((resolve) => setTimeout(resolve, EVERY / 2));
    expect(log.events()).toHaveLength(count);
  });
});
