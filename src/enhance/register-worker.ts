import { Workbox } from 'workbox-window';
import type { UpdateFailure } from '../model/view.ts';

const CHECK_MS = 15 * 60_000;
const ASK_MS = 60_000;

/** What a page says of itself to the worker, and hears from it. */
export interface WorkerLife {
  /** Whether a new version may take over while this page is open: nothing is being written in it, no incident is open. */
  readonly isFree: () => boolean;
  /** Why a newer version could not be installed; null when one was. */
  readonly onFailure: (why: UpdateFailure | null) => void;
}

/**
 * Registers the service worker, looks for a newer one when the page is seen again and every quarter of an hour, and lets a new
 * one take over as soon as no page objects: pages that are open find their lazy parts in the shell before it, and nothing is
 * reloaded.
 */
export async function registerWorker(life: WorkerLife): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  let why: UpdateFailure = 'files';
  navigator.serviceWorker.addEventListener('message', ({ data, ports }: MessageEvent<WorkerWord | null>) => {
    if (data?.type === 'may-take-over') ports[0]?.postMessage(life.isFree());
    if (data?.type === 'install-failed') why = data.why;
  });
  navigator.serviceWorker.startMessages();
  const workbox = new Workbox(workerAddress(), { updateViaCache: 'none' });
  const registration = await workbox.register({ immediate: true }).catch((error: unknown) => {
    console.warn('This browser does not keep the page for offline reading.', error);
  });
  if (registration === undefined) return;

  function watch(worker: ServiceWorker | null): void {
    // The first version of all has none before it that could go on.
    let isOpen = registration?.active !== null && worker?.state === 'installing';
    worker?.addEventListener('statechange', () => {
      if (isOpen) life.onFailure(worker.state === 'redundant' ? why : null);
      // What becomes of it later, when the next one comes, is no failure.
      isOpen = false;
      letTakeOver(worker);
    });
    letTakeOver(worker);
  }
  watch(registration.waiting);
  watch(registration.installing);
  // Workbox itself follows one update in a page's life; a page on a wall sees many.
  registration.addEventListener('updatefound', () => watch(registration.installing));
  const look = () => {
    workbox.update().catch(() => {
      // No newer worker can be had now; the one that serves this page goes on.
    });
  };
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) look();
  });
  setInterval(look, CHECK_MS + Math.random() * CHECK_MS);
  // A page that objected may be free by now.
  setInterval(() => letTakeOver(registration.waiting), ASK_MS);
}

type WorkerWord = { readonly type: 'may-take-over' } | { readonly type: 'install-failed'; readonly why: UpdateFailure };

/** Once it is whole. The worker asks every open page before it does. */
function letTakeOver(worker: ServiceWorker | null): void {
  if (worker?.state === 'installed') worker.postMessage({ type: 'skip-waiting' });
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
