import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { HttpProbe } from '../../model/site.ts';
import { down, type Finding, failed } from './finding.ts';
import { judge } from './http-answer.ts';

/** No more of a body is read: a health page is small, and a watcher must not be filled from outside. */
const BODY_MAX_BYTES = 1_048_576;
const REDIRECTS_MAX = 5;

/** One request on a connection of its own, so that no pooled one hides that the door is shut. */
export async function probeHttp(probe: HttpProbe, signal: AbortSignal): Promise<Finding> {
  const started = performance.now();
  let url = new URL(probe.url);
  try {
    for (let redirects = 0; redirects <= REDIRECTS_MAX; redirects++) {
      const response = await ask(url, probe.method, signal);
      const next = redirection(response, url, probe);
      if (next === undefined) {
        const body = await read(response);
        if (body === undefined) return down('The answer is longer than 1 MB.');
        return judge(probe, { status: response.statusCode ?? 0, body, ms: Math.round(performance.now() - started) });
      }
      response.destroy();
      if (next.host !== url.host) return down('It redirects to another host, which is not followed.');
      url = next;
    }
    return down('It redirects without end.');
  } catch (error) {
    return failed(error);
  }
}

function ask(url: URL, method: string, signal: AbortSignal): Promise<IncomingMessage> {
  const send = url.protocol === 'https:' ? requestHttps : requestHttp;
  const headers = {
    accept: '*/*',
    'accept-encoding': 'identity',
    'cache-control': 'no-cache',
    'user-agent': 'lifeboat-watcher',
  };
  return new Promise((resolve, reject) => {
    const request = send(url, { method, headers, signal, agent: false });
    request.once('response', resolve).once('error', reject).end();
  });
}

/** Where a redirect leads; undefined where there is none, or where the operator expects its status. */
function redirection(response: IncomingMessage, url: URL, probe: HttpProbe): URL | undefined {
  const { statusCode = 0, headers } = response;
  if (statusCode < 300 || statusCode > 399 || probe.statuses.includes(statusCode)) return undefined;
  return headers.location && URL.canParse(headers.location, url) ? new URL(headers.location, url) : undefined;
}

async function read(response: IncomingMessage): Promise<string | undefined> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of response as AsyncIterable<Buffer>) {
    length += piece.length;
    if (length > BODY_MAX_BYTES) return undefined;
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}
