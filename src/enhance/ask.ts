import { clockOffset } from '../model/clock-offset.ts';

/** JSON text, and how far the device's clock is from the host's, in ms; null where the host said no time. */
export interface TextAnswer {
  readonly type: 'text';
  readonly text: string;
  readonly offset: number | null;
}

/** What a host answered: JSON text, or why there is none. `foreign`: something else spoke in its place. */
export type Answer = TextAnswer | { readonly type: 'unreachable' } | { readonly type: 'foreign' };

/** A network that lies never settles, or stops half-way: so long may a host stay silent, and so long may it take in all. */
const SILENT_MS = 3_000;
const WHOLE_MS = 15_000;
/** More than the state of the largest page, and far less than what fills a device. */
const MAX_BYTES = 8 * 1024 * 1024;

/** Asks for JSON past every cache's own judgement; never throws. */
export async function ask(url: string, fetcher: typeof fetch = fetch): Promise<Answer> {
  const silence = new AbortController();
  let timer = setTimeout(() => silence.abort(), SILENT_MS);
  const heard = () => {
    clearTimeout(timer);
    timer = setTimeout(() => silence.abort(), SILENT_MS);
  };
  try {
    const signal = AbortSignal.any([silence.signal, AbortSignal.timeout(WHOLE_MS)]);
    // A login page is where redirects lead to; no copy of ours lies behind one.
    const response = await fetcher(url, { cache: 'no-cache', credentials: 'omit', redirect: 'manual', signal });
    heard();
    if (isForeign(response)) return { type: 'foreign' };
    if (!response.ok) return { type: 'unreachable' };
    const text = await readText(response, heard);
    const { headers } = response;
    return { type: 'text', text, offset: clockOffset(headers.get('date'), headers.get('age'), Date.now()) };
  } catch {
    return { type: 'unreachable' }; // Refused, frozen, cut off or endless: to the reader they are one.
  } finally {
    clearTimeout(timer);
  }
}

/** Not our host at its worst (5xx, 429) but another voice: a redirect, HTML, or the portal's own status 511. */
function isForeign({ ok, status, type, headers }: Response): boolean {
  if (status === 429 || (status >= 500 && status !== 511)) return false;
  return type === 'opaqueredirect' || !ok || !/\bjson\b/.test(headers.get('content-type') ?? '');
}

async function readText(response: Response, heard: () => void): Promise<string> {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  for (;;) {
    const piece = await reader?.read();
    if (piece === undefined || piece.done) return text;
    heard();
    text += piece.value;
    if (text.length > MAX_BYTES) throw new RangeError('more than any file of ours holds');
  }
}
