/** A line of a file that may be hostile; `number` counts from 1. */
export type Line =
  | {
      readonly type: 'text';
      readonly number: number;
      readonly text: string;
      /** False for a last line without LF. */
      readonly ended: boolean;
    }
  | { readonly type: 'unreadable'; readonly number: number; readonly reason: string };

const LF = 0x0a;

/** Lines of a byte stream, ended by LF alone. Never holds more than `maxBytes` of one line and one chunk of the stream. */
export async function* linesOf(
  stream: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  maxBytes: number,
): AsyncGenerator<Line> {
  let number = 1;
  let parts: Uint8Array[] = [];
  let bytes = 0;
  const take = (part: Uint8Array) => {
    bytes += part.length;
    if (bytes <= maxBytes) parts.push(part);
    else parts = [];
  };
  const line = (ended: boolean): Line => {
    const read = readLine(number, bytes > maxBytes ? undefined : parts, ended, maxBytes);
    [number, parts, bytes] = [number + 1, [], 0];
    return read;
  };
  for await (const chunk of stream) {
    let from = 0;
    for (let end = chunk.indexOf(LF); end !== -1; end = chunk.indexOf(LF, from)) {
      take(chunk.subarray(from, end));
      from = end + 1;
      yield line(true);
    }
    if (from < chunk.length) take(chunk.subarray(from));
  }
  if (bytes > 0) yield line(false);
}

function readLine(number: number, parts: readonly Uint8Array[] | undefined, ended: boolean, maxBytes: number): Line {
  if (parts === undefined) return { type: 'unreadable', number, reason: `it is longer than ${maxBytes} bytes` };
  try {
    const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    const text = parts.map((part) => decoder.decode(part, { stream: true })).join('') + decoder.decode();
    return { type: 'text', number, text, ended };
  } catch {
    return { type: 'unreadable', number, reason: 'it is no UTF-8 text' };
  }
}
