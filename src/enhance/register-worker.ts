import { Workbox } from 'workbox-window';

const HALF_HOUR_MS = 30 * 60_000;
const CHECK_MS = 15 * 60_000;

/**
 * Registers the service worker, looks for a newer one when the page is seen again, and lets a new one take over once this
 * page has not been looked at: the public page holds no draft that a change of shell could lose.
 */
export async function registerWorker(): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  const workbox = new Workbox(workerAddress(), { updateViaCache: 'none' });
  workbox.addEventListener('waiting', () => void workbox.messageSW({ type: 'skip-waiting' }));
  const update = () => {
    workbox.update().catch(() => {
      // No newer worker can be had now; the one that serves this page goes on.
    });
  };
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) update();
  });
  setInterval(update, CHECK_MS + Math.random() * (HALF_HOUR_MS - CHECK_MS));
  try {
    await workbox.register({ immediate: true });
  } catch (error) {
    console.warn('This browser does not keep the page for offline reading.', error);
  }
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
