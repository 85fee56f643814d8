import { setTimeout as pause } from 'node:timers/promises';
import type { Paints } from './probe.ts';
import { openSession, type Session, type Tab } from './session.ts';
import type { ServedTarget } from './target.ts';

/** A visit with an empty profile. Bytes are on the wire, workers included; times in ms since the page was asked for. */
export interface FirstVisit {
  readonly bytes: number;
  /** What had come when the status could be read. */
  readonly bytesBefore: number;
  readonly requests: number;
  readonly script: number;
  readonly paint: number;
  readonly status: number;
  readonly longTasks: number;
  readonly heap: number;
}

/** A reader who was here before, when only the worker's copy is near. */
export interface ReturningVisit {
  readonly bytes: number;
  readonly requests: number;
  readonly paint: number;
  readonly status: number;
}

/** After one visit the host has gone. Null: the page did not show its status. */
export interface OfflineVisit {
  readonly reload: number | null;
  readonly reopen: number | null;
}

const PATIENCE_MS = 25_000;
const SLOW_PATIENCE_MS = 120_000;
const OFFLINE_PATIENCE_MS = 8_000;
const WORKER_READY = `Promise.race([navigator.serviceWorker?.ready.then(() => true), new Promise((done) => setTimeout(done, 8000))])`;

export function firstVisit(target: ServedTarget, slow: boolean): Promise<FirstVisit> {
  return within(target, slow, async (session) => {
    const tab = await session.openTab(slow);
    await tab.go(target.url);
    const paints = shown(target, await tab.settled(slow ? SLOW_PATIENCE_MS : PATIENCE_MS));
    const status = textTime(paints);
    const all = [tab.traffic, ...session.workers];
    const add = (pick: (one: (typeof all)[number]) => number) => all.reduce((sum, one) => sum + pick(one), 0);
    return {
      bytes: add(({ bytes }) => bytes),
      bytesBefore: add((one) => one.bytesBy(tab.sentAt + status)),
      requests: add(({ requests }) => requests),
      script: tab.traffic.script,
      paint: paints.paint ?? Number.NaN,
      status,
      longTasks: paints.tasks.reduce((sum, task) => sum + task, 0),
      heap: await tab.heap(),
    };
  });
}

export function returningVisit(target: ServedTarget): Promise<ReturningVisit> {
  return within(target, false, async (session) => {
    const first = await visitOnce(target, session);
    await first.close();
    await session.slowDownWorkers();
    const tab = await session.openTab(true);
    await tab.go(target.url);
    const paints = shown(target, await tab.settled(SLOW_PATIENCE_MS));
    const { bytes, requests } = tab.traffic;
    return { bytes, requests, paint: paints.paint ?? Number.NaN, status: textTime(paints) };
  });
}

/** Reload, then a cold start in a new tab; the host is started again afterwards. */
export async function offlineVisit(target: ServedTarget): Promise<OfflineVisit> {
  try {
    return await within(target, false, async (session) => {
      const tab = await visitOnce(target, session);
      await target.stop();
      await tab.reload();
      const reload = await tab.settled(OFFLINE_PATIENCE_MS);
      const again = await session.openTab(false);
      await again.go(target.url);
      const reopen = await again.settled(OFFLINE_PATIENCE_MS);
      return { reload: timeOrNull(reload), reopen: timeOrNull(reopen) };
    });
  } finally {
    await target.start();
  }
}

async function within<Result>(
  target: ServedTarget,
  slow: boolean,
  task: (session: Session) => Promise<Result>,
): Promise<Result> {
  const session = await openSession(target, slow);
  try {
    return await task(session);
  } finally {
    await session.close();
  }
}

/** One visit on the near network, until the worker has everything that it wants to keep. */
async function visitOnce(target: ServedTarget, session: Session): Promise<Tab> {
  const tab = await session.openTab(false);
  await tab.go(target.url);
  shown(target, await tab.settled(PATIENCE_MS));
  await tab.evaluate(WORKER_READY);
  for (let quiet = 0, tries = 0; quiet < 8 && tries < 60; tries += 1) {
    await pause(150);
    quiet = [tab.traffic, ...session.workers].every((one) => one.isQuiet(800)) ? quiet + 1 : 0;
  }
  return tab;
}

function shown({ name }: ServedTarget, paints: Paints | null): Paints {
  if (paints?.status == null) throw new Error(`${name} did not show its status.`);
  return paints;
}

/** Text cannot be read before the first paint. */
function textTime({ status, paint }: Paints): number {
  return Math.max(status ?? Number.NaN, paint ?? 0);
}

function timeOrNull(paints: Paints | null): number | null {
  return paints?.status == null ? null : textTime(paints);
}
