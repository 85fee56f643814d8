import type { BrowserContext, CDPSession, Page } from 'playwright-core';

/** How the storage of a page, and its clock, are broken from its next load on. */
export interface Faults {
  /** `main`: the default databases never open. `all`: nor do those of storage buckets. `silent`: nothing ever answers. */
  readonly storage?: 'main' | 'all' | 'silent';
  /** How far the device's clock is ahead, in ms. */
  readonly ahead?: number;
}

/** Lets `setFaults` break the pages of this context. */
export async function installFaults(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const { storage, ahead = 0 } = JSON.parse(localStorage.getItem('test-faults') ?? '{}') as Faults;
    const open = IDBFactory.prototype.open;
    if (storage !== undefined) {
      IDBFactory.prototype.open = function (this: IDBFactory, ...given: Parameters<IDBFactory['open']>) {
        if (storage === 'main' && this !== indexedDB) return open.apply(this, given);
        if (storage === 'silent') return {} as IDBOpenDBRequest;
        throw new DOMException('Internal error opening backing store for indexedDB.open.', 'UnknownError');
      };
    }
    if (ahead !== 0) {
      const now = Date.now.bind(Date);
      globalThis.Date = class extends Date {
        constructor(...given: unknown[]) {
          super(...((given.length === 0 ? [now() + ahead] : given) as [number]));
        }
        static override now(): number {
          return now() + ahead;
        }
      } as DateConstructor;
    }
  });
}

/** Takes effect when a page is loaded next. */
export async function setFaults(page: Page, faults: Faults): Promise<void> {
  await page.evaluate((text) => localStorage.setItem('test-faults', text), JSON.stringify(faults));
}

export async function devtools(page: Page): Promise<CDPSession> {
  return page.context().newCDPSession(page);
}

/** Kills the page's process as a crash does; nothing in the page can notice. */
export async function crash(page: Page): Promise<void> {
  const session = await devtools(page);
  const crashed = page.waitForEvent('crash');
  // It never answers: who should?
  session.send('Page.crash').catch(() => {});
  await crashed;
}

/** Stops the page between two statements, locks held and sockets open; the returned function lets it go on. */
export async function freeze(page: Page): Promise<() => Promise<void>> {
  const session = await devtools(page);
  await session.send('Debugger.enable');
  const paused = new Promise((resolve) => session.once('Debugger.paused', resolve));
  await session.send('Debugger.pause');
  await paused;
  return async () => {
    await session.send('Debugger.resume');
    await session.detach();
  };
}

/** The own chain places of every sealed event in the page's database, in order. */
export async function placesOf(page: Page, database: string): Promise<readonly number[]> {
  return page.evaluate(async (name) => {
    const opened = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open(name);
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const rows = await new Promise<{ event: { kind: number; pubkey: string; tags: string[][] } }[]>((resolve) => {
      const request = opened.transaction('events').objectStore('events').getAll();
      request.onsuccess = () => resolve(request.result);
    });
    opened.close();
    const sealed = rows.map(({ event }) => event).filter(({ kind }) => kind === 3913);
    const count = Map.groupBy(sealed, ({ pubkey }) => pubkey);
    const [own = []] = [...count.values()].sort((a, b) => b.length - a.length);
    return own.map(({ tags }) => Number(tags.find(([tag]) => tag === 's')?.[1])).sort((a, b) => a - b);
  }, database);
}

const FILLER = 'test-filler';

/** Writes bytes that do not compress until not even a few of them fit. */
export async function fillStorage(page: Page): Promise<void> {
  await page.evaluate(async (name) => {
    const opened = await new Promise<IDBDatabase>((resolve) => {
      const request = indexedDB.open(name);
      request.onupgradeneeded = () => request.result.createObjectStore('bytes', { autoIncrement: true });
      request.onsuccess = () => resolve(request.result);
    });
    const put = (bytes: number) =>
      new Promise<boolean>((resolve) => {
        const transaction = opened.transaction('bytes', 'readwrite');
        transaction.objectStore('bytes').add(crypto.getRandomValues(new Uint8Array(bytes)));
        transaction.oncomplete = () => resolve(true);
        transaction.onabort = () => resolve(false);
      });
    for (const bytes of [65_536, 4_096, 256]) while (await put(bytes));
    opened.close();
  }, FILLER);
}

export async function makeRoom(page: Page): Promise<void> {
  await page.evaluate((name) => void indexedDB.deleteDatabase(name), FILLER);
}

/** Sets how many bytes the pages of this site may keep, until `session` ends; counts only for databases opened after it. */
export async function limitStorage(session: CDPSession, site: string, quotaSize: number): Promise<void> {
  await session.send('Storage.overrideQuotaForOrigin', { origin: new URL(site).origin, quotaSize });
}
