import type { Taken } from './lanes.ts';

/** As Statuspage has it: an answer of 2xx within 30 seconds; a redirect is a failure. */
const DEADLINE_MS = 30_000;

/** Posts `body` (JSON) to `endpoint`, unless `stop` breaks it off; never throws. */
export async function tellWebhook(endpoint: string, body: string, stop: AbortSignal): Promise<Taken> {
  try {
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json; charset=utf-8', 'User-Agent': 'Lifeboat' },
      body,
      redirect: 'manual',
      signal: AbortSignal.any([stop, AbortSignal.timeout(DEADLINE_MS)]),
    });
    await response.body?.cancel();
    if (response.ok) return { type: 'taken' };
    const redirects = response.status >= 300 && response.status < 400;
    const why = redirects
      ? `it redirects (${response.status}), which is not followed`
      : `it answered ${response.status}`;
    return { type: 'failed', why };
  } catch (error) {
    const { cause } = error as { readonly cause?: { readonly code?: unknown } };
    return { type: 'failed', why: String(cause?.code ?? (error instanceof Error ? error.message : error)) };
  }
}
