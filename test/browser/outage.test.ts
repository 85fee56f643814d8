import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchChromium } from './chromium.ts';
import { type RunningLifeboat, startLifeboat } from './lifeboat.ts';
import { enrol } from './members.ts';
import { type Stub, startStub } from './stub.ts';

const INTERVAL_MS = 3_000;
// The claim is about the watcher; signing, publishing and drawing come on top of its two intervals.
const PUBLISHING_MS = 3_000;

describe('an outage of what is watched', () => {
  let stubs: Record<'web' | 'socket' | 'chat' | 'metrics', Stub>;
  let content: string;
  let lifeboat: RunningLifeboat;
  let browser: Browser;
  let reader: Page;
  let idle: Page;

  beforeAll(async () => {
    stubs = {
      web: await startStub('http'),
      socket: await startStub('tcp'),
      chat: await startStub('http'),
      metrics: await startStub('http'),
    };
    content = await mkdtemp(join(tmpdir(), 'content-'));
    await writeFile(join(content, 'site.yaml'), siteYaml(stubs));
    lifeboat = await startLifeboat({ content });
    browser = await launchChromium();
    reader = await (await browser.newContext()).newPage();
    idle = await (await browser.newContext()).newPage();
    await enrol(idle, lifeboat.bridge, 'Idle member');
    await reader.goto(lifeboat.site);
    await reader.waitForSelector('[role=status][data-status=operational]');
  });

  afterAll(async () => {
    await browser?.close();
    await lifeboat?.destroy();
    for (const stub of Object.values(stubs)) await stub.kill();
    await rm(content, { recursive: true, force: true });
  });

  test.each(['web', 'socket'] as const)(
    'shows within two intervals that the %s server is gone, with the time',
    async (id) => {
      const from = Date.now();
      await stubs[id].kill();
      await reader.waitForSelector(`li[data-component=${id}][data-status=major_outage]`, { timeout: 20_000 });
      const took = Date.now() - from;
      console.log(`${id}: on the page ${took} ms after it was killed (interval ${INTERVAL_MS} ms)`);
      expect(took).toBeLessThan(2 * INTERVAL_MS + PUBLISHING_MS);
      const changed = await reader.$$eval('time[datetime]', (times) =>
        times.map((time) => Date.parse(time.getAttribute('datetime') ?? '')),
      );
      expect(changed.some((time) => time >= from && time <= Date.now())).toBe(true);
    },
  );

  test('turns the bridge of an idle member to fallback mode, unlocked and locked', async () => {
    await idle.waitForSelector('[data-mode=normal]');
    await Promise.all([stubs.chat.kill(), stubs.metrics.kill()]);
    await idle.waitForSelector('[data-mode=fallback]', { timeout: 20_000 });
    await idle.reload();
    await idle.waitForSelector('#passphrase');
    await idle.waitForSelector('[data-mode=fallback]');
  });
});

function siteYaml({ web, socket, chat, metrics }: Record<'web' | 'socket' | 'chat' | 'metrics', Stub>): string {
  const every = `every: ${INTERVAL_MS / 1000}s`;
  return `name: Outage
components:
  - { id: web, name: Web, probes: [{ http: 'http://127.0.0.1:${web.port}/', ${every} }] }
  - { id: socket, name: Socket, probes: [{ tcp: '127.0.0.1:${socket.port}', ${every} }] }
vendors:
  - { id: chat, name: Team chat, lifeline: chat, probes: [{ http: 'http://127.0.0.1:${chat.port}/', ${every} }] }
  - { id: metrics, name: Metrics, lifeline: observability, probes: [{ http: 'http://127.0.0.1:${metrics.port}/', ${every} }] }
`;
}
