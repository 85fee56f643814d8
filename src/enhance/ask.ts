import { clockOffset } from '../model/skew.ts';

/** What a host answered: JSON text, or why there is none. `foreign`: something else spoke in its place. */
export type Answer =
  | { readonly type: 'text'; readonly text: string; readonly offset: number | null }
  | { readonly type: 'unreachable' }
  | { readonly type: 'foreign' };

/** A network that lies never settles, so every question ends. */
const DEADLINE_MS = 3_500;

/** Asks for JSON past every cache's own judgement; never throws. */
export async function ask(url: string, ask: typeof fetch = fetch): Promise<Answer> {
  try {
    const signal = AbortSignal.timeout(DEADLINE_MS);
    const response = await ask(url, { cache: 'no-cache', credentials: 'omit', signal });
    if (response.status >= 500 || response.status === 429) return { type: 'unreachable' };
    const type = response.headers.get('content-type') ?? '';
    if (!response.ok || response.redirected || !/\bjson\b/.test(type)) return { type: 'foreign' };
    const text = await response.text();
    const { headers } = response;
    return { type: 'text', text, offset: clockOffset(headers.get('date'), headers.get('age'), Date.now()) };
  } catch {
    return { type: 'unreachable' }; // Refused, frozen or cut off: to the reader they are one.
  }
}
