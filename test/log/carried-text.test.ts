import { describe, expect, test } from 'vitest';
import { bytesToBase64Url } from '../../src/log/base64url.ts';
import { carriedText, readCarriedText } from '../../src/log/carried-text.ts';
import { signEvent } from '../../src/log/event.ts';
import { KIND } from '../../src/model/event.ts';

const secret = new Uint8Array(32).fill(5);
const events = Array.from({ length: 40 }, (_, n) =>
  signEvent(
    { created_at: 1_790_000_000 + n, kind: KIND.sealed, tags: [['o', 'a'.repeat(32)]], content: `é${n}` },
    secret,
  ),
);
const sorted = [...events].sort((a, b) => (a.id < b.id ? -1 : 1));

async function deflated(text: string): Promise<string> {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('deflate-raw'));
  return `lifeboat1.${bytesToBase64Url(new Uint8Array(await new Response(stream).arrayBuffer()))}.`;
}

describe('events that travel as text', () => {
  test('come out as they went in, however a mail broke and quoted the text', async () => {
    const text = await carriedText(events);
    const mailed = `Here you are:\n${(text.match(/.{1,70}/g) ?? []).map((line) => `> ${line}`).join('\n')}\nRegards, Ana`;
    expect(await readCarriedText(mailed)).toEqual(sorted);
  });

  test('are refused where the end was not copied, or a letter was changed', async () => {
    const text = await carriedText(events);
    const middle = Math.floor(text.length / 2);
    const changed = text.slice(0, middle) + (text[middle] === 'A' ? 'B' : 'A') + text.slice(middle + 1);
    expect(await readCarriedText(text.slice(0, -20))).toBe(undefined);
    expect(await readCarriedText('no such thing')).toBe(undefined);
    const read = await readCarriedText(changed);
    expect(read === undefined || JSON.stringify(read) !== JSON.stringify(sorted)).toBe(true);
  });

  test('do not unfold without end', async () => {
    const bomb = await deflated('[]\n'.repeat(8 * 1024 * 1024));
    expect(bomb.length).toBeLessThan(100_000);
    expect(await readCarriedText(bomb)).toBe(undefined);
  });
});
