import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchChromium, launchProfile } from './chromium.ts';
import { commandOf, listenerOn, type RunningLifeboat, send, startLifeboat } from './lifeboat.ts';
import { enrol, openScreen, PASSPHRASE, postUpdate, say, textOf, unlock, waitForReceipts } from './members.ts';

const SECRET = 'the payout queue is stuck behind shard seven';
const PUBLIC = 'We are looking into failed card payments.';
const RUNBOOK_WORDS = 'payments.parked';

describe('two members of a running Lifeboat', () => {
  let lifeboat: RunningLifeboat;
  let restarted: ReturnType<typeof spawn> | undefined;
  let relayCommand: readonly string[];
  let profile: string;
  let first: BrowserContext;
  let second: BrowserContext;
  let ana: Page;
  let ben: Page;

  beforeAll(async () => {
    lifeboat = await startLifeboat();
    profile = await mkdtemp(join(tmpdir(), 'member-'));
    first = await launchProfile(profile);
    second = await (await launchChromium()).newContext();
    ana = await first.newPage();
    ben = await second.newPage();
  });

  afterAll(async () => {
    restarted?.kill('SIGKILL');
    await first?.close();
    await second?.browser()?.close();
    await lifeboat?.destroy();
    await rm(profile, { recursive: true, force: true });
  });

  test('enrol by the link, which is gone from the address bar and from history at once', async () => {
    await enrol(ana, lifeboat.bridge, 'Commander, laptop');
    await enrol(ben, lifeboat.bridge, 'Responder, phone');
    expect(ana.url()).not.toContain('join');
    expect(await ana.evaluate(() => history.length)).toBeLessThanOrEqual(3);
  });

  test('talk in the room while one relay is dead', async () => {
    const port = Number(new URL(lifeboat.relays[1] ?? '').port);
    const pid = await listenerOn(port, await lifeboat.pids());
    relayCommand = await commandOf(pid);
    send(pid, 'SIGKILL');
    await say(ana, SECRET);
    await waitForReceipts(ana, SECRET, '1/2');
    await openScreen(ben, 'room');
    await ben.waitForSelector(`[data-event]:has-text("${SECRET}")`);
    await say(ben, 'Looking at it now.');
    await ana.waitForSelector('[data-event]:has-text("Looking at it now.")');
    await ana.waitForSelector('[data-link=partial]');
  });

  test('post an update that is seen on the public page, not assumed', async () => {
    await postUpdate(ana, 'Card payments fail', PUBLIC);
    await ana.waitForSelector('[data-live=true]', { timeout: 30_000 });
    expect(await textOf(ana)).toMatch(/live on the public page, seen \d{1,2}:\d{2}:\d{2}/);
    const reader = await second.newPage();
    await reader.goto(lifeboat.site);
    await reader.waitForSelector('[role=status][data-status=major_outage]');
    expect(await textOf(reader)).toContain(PUBLIC);
    await reader.close();
  });

  test('see receipts rise to 2 of 2 when the relay returns, with no action of theirs', async () => {
    const [program = '', ...args] = relayCommand;
    restarted = spawn(program, args, { stdio: 'ignore' });
    await openScreen(ana, 'room');
    await waitForReceipts(ana, SECRET, '2/2');
  });

  test('leave no word of the room or the runbooks in clear on any server', async () => {
    const files = await readdir(lifeboat.dir, { recursive: true, withFileTypes: true });
    const published = files.filter(
      (file) => file.isFile() && /relay-\d\.db|[/\\]site/.test(join(file.parentPath, file.name)),
    );
    expect(published.length).toBeGreaterThan(20);
    for (const file of published) {
      const bytes = await readFile(join(file.parentPath, file.name));
      expect(bytes.includes(SECRET), file.name).toBe(false);
      expect(bytes.includes(RUNBOOK_WORDS), file.name).toBe(false);
    }
  });

  test('keep every runbook on the device, found by its words', async () => {
    await openScreen(ana, 'runbooks');
    await ana.waitForFunction(() => /8 of 8|9 of 9/.test(document.body.innerText));
    await ana.fill('input[type=search]', 'consumer lag');
    await ana.click('a[href^="#runbooks/"]:has-text("lag")');
    await ana.waitForFunction((words) => document.body.innerText.toLowerCase().includes(words), RUNBOOK_WORDS);
  });

  test('reload to room and health while every server is frozen', async () => {
    await ana.waitForFunction(
      async () => (await navigator.serviceWorker.getRegistration())?.active?.state === 'activated',
    );
    await lifeboat.signalAll('SIGSTOP');
    restarted?.kill('SIGSTOP');
    try {
      await ana.reload();
      await ana.waitForSelector('#passphrase');
      expect(await textOf(ana)).toMatch(/Ledger/);
      await unlock(ana);
      await openScreen(ana, 'room');
      await ana.waitForSelector(`[data-event]:has-text("${SECRET}")`);
    } finally {
      restarted?.kill('SIGCONT');
      await lifeboat.signalAll('SIGCONT');
    }
  });

  test('open room, health and runbooks when everything is dead, after a cold start', async () => {
    await ana.waitForFunction(
      async () => (await navigator.serviceWorker.getRegistration())?.active?.state === 'activated',
    );
    restarted?.kill('SIGKILL');
    await lifeboat.signalAll('SIGKILL');
    await first.close();
    first = await launchProfile(profile);
    ana = await first.newPage();
    await ana.goto(`${lifeboat.site}bridge/`);
    await ana.waitForSelector('#passphrase');
    await expect.poll(() => textOf(ana)).toMatch(/Ledger/);

    await unlock(ana, 'not the passphrase');
    await ana.waitForSelector('#unlock-problem:not(:empty)');
    await unlock(ana, PASSPHRASE);
    await openScreen(ana, 'room');
    await ana.waitForSelector(`[data-event]:has-text("${SECRET}")`);
    await ana.waitForSelector('[data-link=offline]');
    await openScreen(ana, 'runbooks');
    await ana.fill('input[type=search]', 'consumer lag');
    await ana.click('a[href^="#runbooks/"]:has-text("lag")');
    await ana.waitForFunction((words) => document.body.innerText.toLowerCase().includes(words), RUNBOOK_WORDS);
    await openScreen(ana, 'now');
    await ana.waitForSelector('[data-component=ledger]');
  });

  test('write on while nothing is reachable, and keep it over a reload', async () => {
    await say(ana, 'Written in the dark.');
    await waitForReceipts(ana, 'Written in the dark.', '0/2');
    await ana.reload();
    await unlock(ana);
    await openScreen(ana, 'room');
    await waitForReceipts(ana, 'Written in the dark.', '0/2');
  });
});
