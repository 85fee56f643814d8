import { answer, routeOf } from './answer.ts';
import { dropOldShells, installShell, type Shell } from './shell.ts';

declare const self: ServiceWorkerGlobalScope & { readonly LIFEBOAT_SHELL?: Shell };

const shell: Shell = self.LIFEBOAT_SHELL ?? { version: 'none', files: {} };

self.addEventListener('install', (event) => {
  event.waitUntil(installShell(shell, caches, fetch));
});

self.addEventListener('activate', (event) => {
  event.waitUntil(dropOldShells(shell, caches).then(() => self.clients.claim()));
});

// A new worker waits until a page says that nothing would be lost.
self.addEventListener('message', (event) => {
  if ((event.data as { type?: unknown } | null)?.type === 'skip-waiting') event.waitUntil(self.skipWaiting());
});

self.addEventListener('fetch', (event) => {
  const route = routeOf(event.request, self.location.origin);
  if (route.type !== 'pass')
    event.respondWith(answer(route, event.request, shell, { caches, fetch: (...args) => fetch(...args) }));
});
