import { answer, routeOf } from './answer.ts';
import { openPush, showPush } from './push.ts';
import { dropOldShells, installShell, type Shell } from './shell.ts';
import { mayTakeOver } from './take-over.ts';

declare const self: ServiceWorkerGlobalScope & { readonly LIFEBOAT_SHELL?: Shell };

const shell: Shell = self.LIFEBOAT_SHELL ?? { version: 'none', files: {} };

self.addEventListener('install', (event) => {
  event.waitUntil(
    installShell(shell, caches, fetch).catch(async (error: unknown) => {
      const why = error instanceof DOMException && error.name === 'QuotaExceededError' ? 'full' : 'files';
      for (const one of await windows()) one.postMessage({ type: 'install-failed', why });
      throw error; // The version that serves now goes on.
    }),
  );
});

self.addEventListener('activate', (event) => {
  const claim = () => self.clients.claim();
  // Old shells that stay are no reason to leave the pages without their worker.
  event.waitUntil(dropOldShells(shell, caches).then(claim, claim));
});

// A new worker waits until nothing would be lost; pages ask for it again and again.
self.addEventListener('message', (event) => {
  if ((event.data as { type?: unknown } | null)?.type !== 'skip-waiting') return;
  event.waitUntil(windows().then(async (open) => ((await mayTakeOver(open)) ? self.skipWaiting() : undefined)));
});

self.addEventListener('push', (event) => event.waitUntil(showPush(self.registration, event.data)));
self.addEventListener('notificationclick', (event) => event.waitUntil(openPush(self.clients, event.notification)));

self.addEventListener('fetch', (event) => {
  const route = routeOf(event.request, self.location.origin);
  if (route !== null)
    event.respondWith(answer(route, event.request, shell, { caches, fetch: (...args) => fetch(...args) }));
});

function windows(): Promise<readonly WindowClient[]> {
  return self.clients.matchAll({ type: 'window', includeUncontrolled: true });
}
