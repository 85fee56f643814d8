import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Site } from '../../src/model/site.ts';
import { type Host, startHost } from '../../src/node/host/host.ts';
import { nodePlatform } from '../../src/node/platform.ts';
import { buildSite } from '../../src/node/publish/build.ts';
import { type Publisher, startPublisher } from '../../src/node/publish/publisher.ts';
import { type Harbour, openHarbour, site } from '../node/publish/harbour.ts';

export interface Published extends Harbour {
  readonly publisher: Publisher;
  readonly port: number;
  readonly url: string;
  host: Host;
  /** Ends the host and puts in its place on the same port what `how` says. */
  replaceHost(how: 'refuse' | 'freeze' | 'portal' | 'return'): Promise<void>;
}

/** A published site on a real port. */
export async function publishSite(changes: Partial<Site> = {}): Promise<Published> {
  const dist = await buildSite();
  const harbour = await openHarbour();
  await harbour.pulse();
  const own = { ...site, ...changes };
  const publisher = await startPublisher({
    site: own,
    log: harbour.log,
    platform: nodePlatform,
    dist,
    out: harbour.out,
  });
  const host = await startHost({ folder: harbour.out, port: 0, host: '127.0.0.1' });
  const port = Number(new URL(host.url).port);
  let stand: Server | null = null;
  const published: Published = {
    ...harbour,
    publisher,
    port,
    url: host.url,
    host,
    replaceHost: async (how) => {
      await published.host.close();
      await closeServer(stand);
      stand = null;
      if (how === 'return') published.host = await startHost({ folder: harbour.out, port, host: '127.0.0.1' });
      if (how === 'freeze')
        stand = await listen(
          createServer(() => {}),
          port,
        );
      if (how === 'portal')
        stand = await listen(
          createServer((_, response) => portal(response)),
          port,
        );
    },
    close: async () => {
      await published.host.close();
      await closeServer(stand);
      await publisher.close();
      await harbour.close();
    },
  };
  return published;
}

function portal(response: import('node:http').ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Welcome to Harbour Wi-Fi</h1>');
}

function listen(server: Server, port: number): Promise<Server> {
  return new Promise((resolve) => server.listen(port, '127.0.0.1', () => resolve(server)));
}

async function closeServer(server: Server | null): Promise<void> {
  if (server === null) return;
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}

/** A server that answers with JSON whatever is asked for: a relay or a mirror as far as a reader sees. */
export async function serveText(text: (path: string) => string): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer(({ url = '/' }, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'access-control-allow-origin': '*' }).end(text(url));
  });
  await listen(server, 0);
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => closeServer(server) };
}

/** Waits until this device has verified and kept the copy, and the worker holds the shell. */
export async function settled(page: Page): Promise<void> {
  await page.locator('[data-verified=true]').waitFor({ timeout: 15_000 });
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null, undefined, { timeout: 15_000 });
}

/** What the headline says: its word, and its two attributes. */
export async function headline(page: Page) {
  const top = page.getByRole('status');
  const [status, freshness] = [await top.getAttribute('data-status'), await top.getAttribute('data-freshness')];
  return { words: await top.textContent(), status, freshness };
}

/** Asks again until the matcher is content, with the patience that a busy machine needs. */
export function eventually<Value>(ask: () => Value | Promise<Value>) {
  return expect.poll(ask, { timeout: 15_000 });
}
