import type { SignedEvent } from '../model/event.ts';
import { bytesFromBase64Url, bytesToBase64Url } from './base64url.ts';
import { exportLines } from './export.ts';

const CARRIED = /lifeboat1\.([\w-]+)\./;
/** A kilobyte of text can be made to unfold into anything: more than this is not taken in. */
const MAX_BYTES = 16 * 1024 * 1024;

/**
 * Events as one word of text, for mail, SMS or a memory stick where no relay answers: `lifeboat1.`, the lines of an
 * export (src/log/export.ts) deflated and in base64url, and a dot, which says that the end was copied too.
 */
export async function carriedText(events: Iterable<SignedEvent>): Promise<string> {
  const lines = new Blob([exportLines(events)]).stream().pipeThrough(new CompressionStream('deflate-raw'));
  return `lifeboat1.${bytesToBase64Url(new Uint8Array(await new Response(lines).arrayBuffer()))}.`;
}

/**
 * What `text` carries, wherever it stands in it, unverified: hand it to `log.add`. Undefined where it is not whole, or
 * unfolds into more than 16 MiB.
 */
export async function readCarriedText(text: string): Promise<readonly unknown[] | undefined> {
  // Mail and chat break long words over lines, and put marks before them.
  const code = CARRIED.exec(text.replace(/[\s<>]/g, ''))?.[1];
  const bytes = code === undefined ? undefined : bytesFromBase64Url(code);
  if (bytes === undefined) return undefined;
  try {
    return linesOf(await inflate(bytes));
  } catch {
    return undefined; // Cut short, changed on the way, or unfolding without end.
  }
}

async function inflate(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let [text, size] = ['', 0];
  for await (const chunk of new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'))) {
    size += chunk.length;
    if (size > MAX_BYTES) throw new Error('It unfolds into more than this device takes in at once.');
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

function linesOf(text: string): readonly unknown[] {
  return text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as unknown]));
}
