import { Workbox } from 'workbox-window';
import type { UpdateFailure } from '../model/view.ts';

const CHECK_MS = 15 * 60_000;
const ASK_MS = 60_000;

/** What a page says of itself to the worker, and hears from it. */
export interface WorkerLife {
  /** Whether a new version may take over while this page is open: nothing is being written in it, no incident is open. */
  readonly isFree: () => boolean;
  /** Why a newer version could not be installed, or none is kept at all; null when one was installed. */
  readonly onFailure: (why: UpdateFailure | null) => void;
}

/**
 * Registers the service worker, looks for a newer one when the page is seen again and every quarter of an hour, and lets a new
 * one take over as soon as no page objects: pages that are open find their lazy parts in the shell before it, and nothing is
 * reloaded.
 */
export async function registerWorker(life: WorkerLife): Promise<void> {
  if (!('serviceWorker' in navigator)) {
    life.onFailure('unkept');
    return;
  }
  const workbox = new Workbox(workerAddress(), { updateViaCache: 'none' });
  let registration: ServiceWorkerRegistration | undefined;
  /** The last worker that said why its install failed. */
  let said: { readonly by: MessageEventSource | null; readonly why: InstallFailure } | null = null;
  /** A browser takes a look during an update for that same update: what was published meanwhile (the kill switch) goes unseen. */
  let isLookDue = false;

  function fail(why: InstallFailure): void {
    // The first version of all has none before it that could go on.
    if (registration?.active) life.onFailure(why);
    else life.onFailure(why === 'full' ? 'unkept-full' : 'unkept');
  }
  navigator.serviceWorker.addEventListener('message', ({ data, ports, source }: MessageEvent<WorkerWord | null>) => {
    if (data?.type === 'may-take-over') ports[0]?.postMessage(life.isFree());
    if (data?.type !== 'install-failed') return;
    said = { by: source, why: data.why };
    // The browser promises no order: the worker's end may have been heard before its last word.
    if (registration !== undefined) fail(data.why);
  });
  navigator.serviceWorker.startMessages();

  function watch(worker: ServiceWorker | null): void {
    let isOpen = worker?.state === 'installing';
    const isNewer = Boolean(registration?.active);
    worker?.addEventListener('statechange', () => {
      letTakeOver(worker);
      // What becomes of it later, when the next one comes, is no failure.
      if (!isOpen) return;
      isOpen = false;
      const isWhole = worker.state !== 'redundant';
      if (isWhole) life.onFailure(null);
      else fail(said?.by === worker ? said.why : 'files');
      // One that fails is not looked for without end; of one that is whole there is nothing more to fetch.
      if (isLookDue || (isWhole && isNewer)) void look();
    });
    letTakeOver(worker);
  }

  async function register(): Promise<void> {
    registration = await workbox.register({ immediate: true });
    isLookDue = isUpdating();
    watch(registration?.waiting ?? null);
    watch(registration?.installing ?? null);
    // Workbox itself follows one update in a page's life; a page on a wall sees many.
    registration?.addEventListener('updatefound', () => watch(registration?.installing ?? null));
  }

  function isUpdating(): boolean {
    return Boolean(registration?.active && registration.installing?.state === 'installing');
  }

  async function look(): Promise<void> {
    isLookDue = isUpdating();
    if (isLookDue) return;
    try {
      // A first install that failed leaves no registration behind that could be updated.
      await (registration?.active || registration?.installing ? workbox.update() : register());
    } catch (error) {
      // No newer worker can be had now; the one that serves this page goes on.
      if (navigator.serviceWorker.controller !== null || registration?.active) return;
      console.warn('This browser does not keep the page for offline reading.', error);
      life.onFailure('unkept');
    }
  }
  await look();
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) void look();
  });
  setInterval(() => void look(), CHECK_MS + Math.random() * CHECK_MS);
  // A page that objected may be free by now.
  setInterval(() => letTakeOver(registration?.waiting ?? null), ASK_MS);
}

type InstallFailure = 'full' | 'files';
type WorkerWord =
  | { readonly type: 'may-take-over' }
  | { readonly type: 'install-failed'; readonly why: InstallFailure };

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
