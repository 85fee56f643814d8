import type { Message } from './timeline.ts';

/** What a device calls itself in a room: a sealed message of type `name` with the body `{ name }`; the last one stands. */
export const NAME_TYPE = 'name';
const MAX_NAME = 60;

/** Device key → the name that it gave itself. Names are sealed, so the roster holds none (DESIGN §6). */
export function foldNames(messages: readonly Message[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const { author, type, body, counts } of messages) {
    const name = typeof body === 'object' && body !== null && 'name' in body ? body.name : undefined;
    if (counts && type === NAME_TYPE && typeof name === 'string' && name.trim() !== '') {
      names.set(author, name.trim().slice(0, MAX_NAME));
    }
  }
  return names;
}
