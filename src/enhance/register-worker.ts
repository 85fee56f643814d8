import { Workbox } from 'workbox-window';

const CHECK_MS = 15 * 60_000;

/**
 * Registers the service worker, looks for a newer one when the page is seen again and every quarter of an hour, and lets a
 * new one take over: pages that are open find their lazy parts in the shell before it, and nothing is reloaded.
 */
export async function registerWorker(): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  const workbox = new Workbox(workerAddress(), { updateViaCache: 'none' });
  const registration = await workbox.register({ immediate: true }).catch((error: unknown) => {
    console.warn('This browser does not keep the page for offline reading.', error);
  });
  if (registration === undefined) return;
  letTakeOver(registration.waiting);
  letTakeOver(registration.installing);
  // Workbox itself follows one update in a page's life; a page on a wall sees many.
  registration.addEventListener('updatefound', () => letTakeOver(registration.installing));
  const update = () => {
    workbox.update().catch(() => {
      // No newer worker can be had now; the one that serves this page goes on.
    });
  };
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) update();
  });
  setInterval(update, CHECK_MS + Math.random() * CHECK_MS);
}

/** Once it is whole; the worker waits for this word. */
function letTakeOver(worker: ServiceWorker | null): void {
  const ask = () => {
    if (worker?.state === 'installed') worker.postMessage({ type: 'skip-waiting' });
  };
  ask();
  worker?.addEventListener('statechange', ask);
}

/** The one address that the Trusted Types policy lets through. */
function workerAddress(): string {
  const policy = window.trustedTypes?.createPolicy('lifeboat-sw', {
    createScriptURL: (address: string) => {
      if (address === '/sw.js') return address;
      throw new TypeError(`${address} is not the service worker.`);
    },
  });
  return (policy?.createScriptURL('/sw.js') ?? '/sw.js') as string;
}
