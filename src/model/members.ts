import { type Roster, rolesOf } from './roster.ts';
import type { Message } from './timeline.ts';

/**
 * Names of members by their id, from the sealed messages of type `member` (oldest first): the latest that the member
 * or an admin wrote. Names stand nowhere in the clear.
 */
export function memberNames(messages: readonly Message[], roster: Roster): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const { type, body, author, member, counts } of messages) {
    if (type !== 'member' || !counts || !isNaming(body)) continue;
    if (body.member === member || rolesOf(roster, author).includes('admin')) names.set(body.member, body.name);
  }
  return names;
}

function isNaming(body: unknown): body is { readonly member: string; readonly name: string } {
  if (typeof body !== 'object' || body === null) return false;
  const { member, name } = body as { member?: unknown; name?: unknown };
  return typeof member === 'string' && typeof name === 'string';
}
