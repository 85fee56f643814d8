import { setTimeout as pause } from 'node:timers/promises';
import { launch, type MeasuredBrowser } from './browser.ts';
import { type Paints, probeSource, READ_PAINTS } from './probe.ts';
import type { Target } from './target.ts';
import { countTraffic, type Traffic } from './traffic.ts';

/** The network of an outage: 400 ms there and back, 400 kbit/s both ways, a processor four times slower. */
const SLOW = { latency: 400, bytesPerSecond: 50_000, processor: 4 } as const;

export interface Tab {
  readonly traffic: Traffic;
  /** Unix ms at which it was last sent anywhere. */
  readonly sentAt: number;
  go(url: string): Promise<void>;
  reload(): Promise<void>;
  evaluate<Result>(expression: string): Promise<Result>;
  /** Resolves when the status can be read and nothing moves any more; null where the browser shows an error, or in time nothing. */
  settled(within: number): Promise<Paints | null>;
  heap(): Promise<number>;
  close(): Promise<void>;
}

export interface Session {
  openTab(slow: boolean): Promise<Tab>;
  /** Everything that service workers fetched. */
  readonly workers: readonly Traffic[];
  slowDownWorkers(): Promise<void>;
  close(): Promise<void>;
}

const QUIET_MS = 700;

/** A person's browser with a fresh profile. Its workers have the network of its pages. */
export async function openSession(target: Pick<Target, 'selector' | 'pattern'>, slow: boolean): Promise<Session> {
  const browser = await launch();
  const tabs = new Map<string, Traffic>();
  const workers = new Map<string, Traffic>();
  /** What a page's threads fetch is the page's, by the session of each thread. */
  const threads = new Map<string, Traffic>();
  browser.on((method, params, session) => {
    if (method === 'Target.attachedToTarget') {
      const { sessionId, targetInfo } = params as { sessionId: string; targetInfo: { type: string } };
      const page = tabs.get(session ?? '');
      const isThread = targetInfo.type === 'worker' && page !== undefined;
      if (isThread) threads.set(sessionId, page);
      else if (targetInfo.type === 'service_worker') workers.set(sessionId, countTraffic());
      else return;
      void beginWorker(browser, sessionId, slow ? (isThread ? slowProcessor : slowDown) : null);
      return;
    }
    const from = session ?? '';
    (tabs.get(from) ?? threads.get(from) ?? workers.get(from))?.take(method, params);
  });
  await attachTo(browser, 'service_worker');
  const isStill = () => [...tabs.values(), ...workers.values()].every((traffic) => traffic.isQuiet(QUIET_MS));
  return {
    get workers() {
      return [...workers.values()];
    },
    openTab: (slowTab) => openTab(browser, target, slowTab, tabs, isStill),
    slowDownWorkers: async () => {
      for (const session of workers.keys()) await slowDown(browser, session).catch(() => {}); // It has ended meanwhile.
    },
    close: () => browser.close(),
  };
}

/** Every worker of the kind that is started, by the browser or by the page of `session`, waits until it is measured. */
async function attachTo(browser: MeasuredBrowser, type: 'service_worker' | 'worker', session?: string): Promise<void> {
  const filter = [{ type }, { exclude: true }];
  const options = { autoAttach: true, waitForDebuggerOnStart: true, flatten: true, filter };
  await browser.send('Target.setAutoAttach', options, session);
}

async function beginWorker(browser: MeasuredBrowser, session: string, slowing: typeof slowDown | null): Promise<void> {
  try {
    await browser.send('Network.enable', {}, session);
    await slowing?.(browser, session);
    await browser.send('Runtime.runIfWaitingForDebugger', {}, session);
  } catch {
    // It ended before it could be asked: a worker may.
  }
}

async function slowDown(browser: MeasuredBrowser, session: string): Promise<void> {
  const { latency, bytesPerSecond: throughput } = SLOW;
  const network = { offline: false, latency, downloadThroughput: throughput, uploadThroughput: throughput };
  await browser.send('Network.emulateNetworkConditions', network, session);
  await slowProcessor(browser, session);
}

/** All that is to be done for a thread: it has the network of its page. */
async function slowProcessor(browser: MeasuredBrowser, session: string): Promise<void> {
  // Not every version of the browser slows the processor of a worker.
  await browser.send('Emulation.setCPUThrottlingRate', { rate: SLOW.processor }, session).catch(() => {});
}

async function openTab(
  browser: MeasuredBrowser,
  target: Pick<Target, 'selector' | 'pattern'>,
  slow: boolean,
  tabs: Map<string, Traffic>,
  isStill: () => boolean,
): Promise<Tab> {
  const { targetId } = await browser.send<{ targetId: string }>('Target.createTarget', { url: 'about:blank' });
  const attached = { targetId, flatten: true };
  const { sessionId } = await browser.send<{ sessionId: string }>('Target.attachToTarget', attached);
  const traffic = countTraffic();
  tabs.set(sessionId, traffic);
  const send = <Result>(method: string, params = {}) => browser.send<Result>(method, params, sessionId);
  for (const domain of ['Page', 'Runtime', 'Network']) await send(`${domain}.enable`);
  await send('Page.addScriptToEvaluateOnNewDocument', { source: probeSource(target) });
  await attachTo(browser, 'worker', sessionId);
  if (slow) await slowDown(browser, sessionId);
  const evaluate = async <Result>(expression: string) => {
    const asked = { expression, returnByValue: true, awaitPromise: true };
    return (await send<{ result: { value: Result } }>('Runtime.evaluate', asked)).result.value;
  };
  let sentAt = Date.now();
  const leave = async (method: string, params: object) => {
    traffic.forget();
    sentAt = Date.now();
    await send(method, params);
  };
  return {
    traffic,
    get sentAt() {
      return sentAt;
    },
    go: (url) => leave('Page.navigate', { url }),
    reload: () => leave('Page.reload', {}),
    evaluate,
    settled: async (within) => {
      const deadline = Date.now() + within;
      let paints: Paints | null = null;
      while (Date.now() < deadline) {
        await pause(100);
        if (traffic.failed) return null;
        paints = await evaluate<string>(READ_PAINTS).then(
          (text) => JSON.parse(text ?? 'null') as Paints | null,
          () => null, // Between two documents there is nothing to ask.
        );
        if (paints !== null && paints.status !== null && traffic.loaded && isStill()) return paints;
      }
      return paints;
    },
    heap: async () => {
      await send('HeapProfiler.collectGarbage');
      return (await send<{ usedSize: number }>('Runtime.getHeapUsage')).usedSize;
    },
    close: async () => {
      tabs.delete(sessionId);
      await browser.send('Target.closeTarget', { targetId });
    },
  };
}
