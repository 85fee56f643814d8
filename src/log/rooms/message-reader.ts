import { KIND, previousId, type SignedEvent, tagValue } from '../../model/event.ts';
import { counts, type Roster } from '../../model/roster.ts';
import { type Message, parseSealedContent, type SealedContent } from '../../model/timeline.ts';
import { type RoomKeys, roomOf } from './keyring.ts';
import { unsealer } from './seal.ts';

interface Opened {
  readonly messages: Message[];
  locked: number;
}

/** Opens 3913 events with the epochs at hand; each is opened once, whatever is asked later. */
export function messageReader() {
  const contents = new Map<string, SealedContent | undefined>();
  const unsealers = new Map<string, ReturnType<typeof unsealer>>();

  /** Undefined: there is no key for it yet. */
  function open(event: SignedEvent, keys: RoomKeys): { readonly content: SealedContent | undefined } | undefined {
    if (contents.has(event.id)) return { content: contents.get(event.id) };
    const epoch = keys.epochs.get(tagValue(event, 'k') ?? '');
    if (epoch === undefined) return undefined;
    const unseal = unsealers.get(epoch.k) ?? unsealer(epoch.secret);
    unsealers.set(epoch.k, unseal);
    const text = unseal(event.content, event.pubkey);
    const content = text === undefined ? undefined : parseSealedContent(text);
    contents.set(event.id, content);
    return { content };
  }

  return (
    events: Iterable<SignedEvent>,
    roster: Roster,
    keyring: ReadonlyMap<string, RoomKeys>,
  ): ReadonlyMap<string, Opened> => {
    const rooms = new Map<string, Opened>();
    for (const event of events) {
      const room = event.kind === KIND.sealed ? roomOf(event) : undefined;
      const keys = keyring.get(room ?? '');
      // Events of authors that no roster names wait: they are no messages yet.
      const author = roster.keys.get(event.pubkey);
      if (keys === undefined || author === undefined || roster.purged.has(event.id)) continue;
      const found = rooms.get(keys.id) ?? { messages: [], locked: 0 };
      rooms.set(keys.id, found);
      const opened = open(event, keys);
      if (opened === undefined) found.locked += 1;
      const content = opened?.content;
      if (content === undefined) continue;
      const mayCount = counts(roster, event, content.type);
      if (!mayCount && !author.removed) continue;
      const { type, hlc, parents, body } = content;
      const previous = previousId(event);
      const after = previous === undefined ? parents : [...parents, previous];
      const { id, pubkey } = event;
      found.messages.push({
        id,
        room: keys.id,
        author: pubkey,
        member: author.member,
        type,
        hlc,
        parents,
        after,
        body,
        counts: mayCount,
      });
    }
    return rooms;
  };
}
