import type { IncomingMessage, ServerResponse } from 'node:http';
import { KIND } from '../../model/event.ts';
import { may } from '../../model/roster.ts';
import { clientAddress } from './address.ts';
import { type Callers, hostsOf, mayCall } from './callers.ts';
import type { Engine } from './engine.ts';
import { healthOf } from './health.ts';
import { information } from './information.ts';
import { answerQuestion } from './question.ts';
import { upload } from './upload.ts';

/** A page may read what it gets, and the clock of this relay, which tells it how far its own is off. */
const ANYBODY = { 'Access-Control-Allow-Origin': '*', 'Access-Control-Expose-Headers': 'Date' };
/** A wildcard does not cover Authorization. */
const PREFLIGHT = {
  'Access-Control-Allow-Methods': 'GET, POST',
  'Access-Control-Allow-Headers': 'Authorization, Content-Type',
  'Access-Control-Max-Age': '600',
};
const TEXT = 'text/plain; charset=utf-8';

/** HTTP status of a refusal, by its NIP-01 prefix. */
const STATUS: Readonly<Record<string, number>> = { 'auth-required': 401, restricted: 403, 'rate-limited': 429 };

/** Answers one HTTP request on the relay's port: NIP-11, health, snapshot, and the routes for networks that break WebSockets. */
export async function answerHttp(
  engine: Engine,
  callers: Callers,
  now: () => number,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const path = (request.url ?? '/').split('?')[0] ?? '/';
  if (request.method === 'GET' || request.method === 'HEAD') return answerGet(engine, path, request, response);
  if (request.method === 'OPTIONS') response.writeHead(204, { ...ANYBODY, ...PREFLIGHT }).end();
  else if (request.method !== 'POST' || !['/events', '/neg', '/ids'].includes(path)) nothing(response);
  else if (!mayCall(request, callers))
    refuse(response, 403, 'restricted: this origin is not among those that may connect');
  else if (path === '/events') {
    const body = await readBody(request, engine.state.limits.upload);
    if (body === undefined) refuse(response, 413, 'invalid: too many events at once; send fewer');
    else {
      const verdicts = await upload(engine, body.toString('utf8'), clientAddress(request, callers.behind));
      reply(response, 200, 'application/x-ndjson', verdicts);
    }
  } else {
    const body = await readBody(request, engine.state.limits.frame);
    if (body === undefined) refuse(response, 413, 'invalid: the question is too large');
    else await answerPost(engine, callers, now(), request, response, path === '/neg' ? 'neg' : 'ids', body);
  }
}

function answerGet(engine: Engine, path: string, request: IncomingMessage, response: ServerResponse): void {
  if (path === '/' && request.headers.accept?.includes('application/nostr+json')) {
    reply(response, 200, 'application/nostr+json', JSON.stringify(information(engine.state)));
  } else if (path === '/') {
    reply(response, 200, TEXT, 'A Lifeboat relay: open a WebSocket here (NIP-01).\n');
  } else if (path === '/healthz') {
    engine.keepFiles();
    reply(response, 200, 'application/json', JSON.stringify(healthOf(engine.state)));
  } else if (path === `/snapshot/${engine.state.org}.json`) {
    answerSnapshot(engine, request, response);
  } else nothing(response);
}

async function answerPost(
  engine: Engine,
  callers: Callers,
  now: number,
  request: IncomingMessage,
  response: ServerResponse,
  about: 'neg' | 'ids',
  body: Buffer,
): Promise<void> {
  const { authorization } = request.headers;
  const address = clientAddress(request, callers.behind);
  const question = { about, body, address, hosts: hostsOf(request, callers), path: request.url ?? '', authorization };
  const answer = await answerQuestion(engine, question, now);
  if (answer.type === 'answer') {
    reply(response, 200, about === 'neg' ? 'application/json' : 'application/x-ndjson', answer.text);
    return;
  }
  const status = STATUS[answer.why.split(':')[0] ?? ''] ?? 400;
  refuse(response, status, answer.why, status === 401 ? { 'WWW-Authenticate': 'Nostr' } : {});
}

/** The newest snapshot of a live publisher. It is signed and says how long it may be believed, so caches are welcome. */
function answerSnapshot(engine: Engine, request: IncomingMessage, response: ServerResponse): void {
  const { shelf, roster } = engine.state;
  const rows = shelf.find({ kinds: [KIND.snapshot], tags: new Map() }, 100);
  const newest = rows.find(({ event }) => may(roster, event.pubkey, KIND.snapshot));
  if (newest === undefined) {
    refuse(response, 404, 'error: no publisher has sent a snapshot yet');
    return;
  }
  const headers = { ETag: `"${newest.id}"`, 'Cache-Control': 'public, max-age=5, stale-if-error=86400' };
  if (request.headers['if-none-match'] === headers.ETag) response.writeHead(304, { ...ANYBODY, ...headers }).end();
  else reply(response, 200, 'application/json', newest.json, headers);
}

function nothing(response: ServerResponse): void {
  refuse(response, 404, 'invalid: there is nothing at this address, or not by this method');
}

/** `why` begins with its NIP-01 prefix. */
function refuse(response: ServerResponse, status: number, why: string, more: object = {}): void {
  reply(response, status, 'application/json', JSON.stringify({ error: why }), more);
}

function reply(response: ServerResponse, status: number, type: string, body: string, more: object = {}): void {
  const nosniff = { 'X-Content-Type-Options': 'nosniff' };
  response.writeHead(status, { 'Cache-Control': 'no-store', 'Content-Type': type, ...nosniff, ...ANYBODY, ...more });
  response.end(body);
}

/** The whole body; undefined when it is larger than `most` bytes. */
async function readBody(request: IncomingMessage, most: number): Promise<Buffer | undefined> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes <= most) parts.push(part);
  }
  return bytes <= most ? Buffer.concat(parts) : undefined;
}
