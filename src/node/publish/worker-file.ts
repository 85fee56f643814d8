import { createHash } from 'node:crypto';

/** Path → SHA-256 (base64) of every file that the service worker keeps. */
export type ShellFiles = Readonly<Record<string, string>>;

export function sha256Base64(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('base64');
}

/** The worker with its list in front: the code itself never changes with the list. */
export function workerFile(code: string, files: ShellFiles): string {
  const sorted = Object.fromEntries(Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1)));
  const version = createHash('sha256').update(JSON.stringify(sorted)).update(code).digest('hex').slice(0, 16);
  return `self.LIFEBOAT_SHELL=${JSON.stringify({ version, files: sorted })};\n${code}`;
}

/**
 * The kill switch: put in the place of /sw.js, it removes every shell, unregisters itself and reloads open pages; but for the
 * bridge, where somebody may be writing.
 */
export const WORKER_OFF = `self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) if (name.startsWith('shell-')) await caches.delete(name);
    await self.registration.unregister();
    for (const client of await self.clients.matchAll({ type: 'window' }))
      if (!new URL(client.url).pathname.startsWith('/bridge')) await client.navigate(client.url).catch(() => {});
  })());
});
`;
