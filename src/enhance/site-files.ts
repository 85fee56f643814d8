import type { ReadFile } from '../log/published/read-file.ts';
import { Unread } from '../log/published/unread.ts';

/** A host that says nothing for so long will not answer any more; a long file may take longer as long as it comes. */
const SILENT_MS = 10_000;
/** More than any log that a page could check. */
const MAX_BYTES = 256 * 1024 * 1024;

/** Reads files of the published site at `base` (an origin), past every cache's own judgement. */
export function siteFiles(base: string, fetcher: typeof fetch = fetch): ReadFile {
  return async (path) => {
    const silence = new AbortController();
    const heard = restarting(() => silence.abort());
    try {
      heard.restart();
      const options = { cache: 'no-cache', credentials: 'omit', redirect: 'manual', signal: silence.signal } as const;
      const response = await fetcher(`${base}/${path}`, options);
      if (response.status === 404 || response.status === 410) return undefined;
      if (isForeign(response)) throw new Unread(path, 'foreign');
      if (!response.ok) throw new Unread(path, 'unreachable');
      return await bytesOf(response, heard.restart);
    } catch (error) {
      // Refused, frozen or cut off: to the reader they are one.
      throw error instanceof Unread ? error : new Unread(path, 'unreachable');
    } finally {
      heard.stop();
    }
  };
}

/** A login page in our place: no file of ours lies behind a redirect, and none is HTML. */
function isForeign({ type, headers, status }: Response): boolean {
  return type === 'opaqueredirect' || status === 511 || /\btext\/html\b/.test(headers.get('content-type') ?? '');
}

async function bytesOf(response: Response, heard: () => void): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  const reader = response.body?.getReader();
  for (let piece = await reader?.read(); piece?.value !== undefined; piece = await reader?.read()) {
    heard();
    pieces.push(piece.value);
    length += piece.value.length;
    if (length > MAX_BYTES) throw new RangeError('more than any file of ours holds');
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

function restarting(onSilence: () => void) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = () => clearTimeout(timer);
  const restart = () => {
    stop();
    timer = setTimeout(onSilence, SILENT_MS);
  };
  return { stop, restart };
}
