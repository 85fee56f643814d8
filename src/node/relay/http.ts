import type { IncomingMessage, ServerResponse } from 'node:http';
import type { BlockList } from 'node:net';
import { KIND } from '../../model/event.ts';
import { may } from '../../model/roster.ts';
import { clientAddress } from './address.ts';
import type { Engine } from './engine.ts';
import { information } from './information.ts';
import { upload } from './upload.ts';

const ANYBODY = { 'Access-Control-Allow-Origin': '*' };

/** Answers one HTTP request on the relay's port: NIP-11, /healthz, /snapshot/<org>.json and POST /events. */
export async function answerHttp(
  engine: Engine,
  behind: BlockList,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const path = (request.url ?? '/').split('?')[0] ?? '/';
  const reads = request.method === 'GET' || request.method === 'HEAD';
  if (request.method === 'OPTIONS') {
    const allow = { 'Access-Control-Allow-Methods': 'GET, POST', 'Access-Control-Allow-Headers': '*' };
    response.writeHead(204, { ...ANYBODY, ...allow }).end();
  } else if (reads && path === '/' && request.headers.accept?.includes('application/nostr+json')) {
    reply(response, 200, 'application/nostr+json', JSON.stringify(information(engine.state)));
  } else if (reads && path === '/') {
    reply(response, 200, 'text/plain; charset=utf-8', 'A Lifeboat relay: open a WebSocket here (NIP-01).\n');
  } else if (reads && path === '/healthz') {
    const { org, open, sealed, connections } = engine.state;
    const health = { ok: true, org, events: open.size + sealed.size, connections: connections.size };
    reply(response, 200, 'application/json', JSON.stringify(health));
  } else if (reads && path === `/snapshot/${engine.state.org}.json`) {
    answerSnapshot(engine, request, response);
  } else if (request.method === 'POST' && path === '/events') {
    const body = await readBody(request, engine.state.limits.upload);
    if (body === undefined) reply(response, 413, 'text/plain; charset=utf-8', 'Too many events at once; send fewer.\n');
    else reply(response, 200, 'application/x-ndjson', await upload(engine, body, clientAddress(request, behind)));
  } else {
    reply(response, 404, 'application/json', JSON.stringify({ error: 'There is nothing at this address.' }));
  }
}

/** The newest snapshot of a live publisher. It is signed and says how long it may be believed, so caches are welcome. */
function answerSnapshot(engine: Engine, request: IncomingMessage, response: ServerResponse): void {
  const { shelf, roster } = engine.state;
  const rows = shelf.find({ kinds: [KIND.snapshot], tags: new Map() }, 100);
  const newest = rows.find(({ event }) => may(roster, event.pubkey, KIND.snapshot));
  if (newest === undefined) {
    reply(response, 404, 'application/json', JSON.stringify({ error: 'No publisher has sent a snapshot yet.' }));
    return;
  }
  const headers = { ETag: `"${newest.id}"`, 'Cache-Control': 'public, max-age=5, stale-if-error=86400' };
  if (request.headers['if-none-match'] === headers.ETag) response.writeHead(304, { ...ANYBODY, ...headers }).end();
  else reply(response, 200, 'application/json', newest.json, headers);
}

function reply(response: ServerResponse, status: number, type: string, body: string, more: object = {}): void {
  const nosniff = { 'X-Content-Type-Options': 'nosniff' };
  response.writeHead(status, { 'Cache-Control': 'no-store', 'Content-Type': type, ...nosniff, ...ANYBODY, ...more });
  response.end(body);
}

/** The whole body as text; undefined when it is larger than `most` bytes. */
async function readBody(request: IncomingMessage, most: number): Promise<string | undefined> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes <= most) parts.push(part);
  }
  return bytes <= most ? Buffer.concat(parts).toString('utf8') : undefined;
}
