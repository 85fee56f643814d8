import { MAX_EVENT_BYTES } from '../../log/event.ts';

/** UTF-8 bytes of a text inside an event's content, where its quotes are escaped once more. */
export function bytesInside(text: string): number {
  return Buffer.byteLength(JSON.stringify(text)) - 2;
}

/** What an event is larger by than its content at most: keys, signature, place, 16 parents, and what the content says of itself. */
const AROUND_BYTES = 4_096;

/** What may surely stand in the body of one regular event, in `bytesInside`. */
export const BODY_BYTES = MAX_EVENT_BYTES - AROUND_BYTES;

/** The items in the order given, in as few lists as hold them where each list has `room` bytes. */
export function dealtOut<Item>(
  items: readonly Item[],
  bytesOf: (item: Item) => number,
  room: number,
): readonly (readonly Item[])[] {
  const lists: Item[][] = [[]];
  let left = room;
  for (const item of items) {
    const needed = bytesOf(item);
    if (needed > left) {
      lists.push([]);
      left = room;
    }
    lists.at(-1)?.push(item);
    left -= needed;
  }
  return lists;
}
