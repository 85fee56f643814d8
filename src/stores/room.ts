import { atom, computed } from 'nanostores';
import { keepAlertRoom } from '../log/people/alert-room.ts';
import { openRooms, type Rooms } from '../log/rooms/room.ts';
import { chainPlace } from '../log/store/slot.ts';
import { alertOf } from '../model/alert.ts';
import { KIND, type SignedEvent } from '../model/event.ts';
import { memberNames } from '../model/members.ts';
import { displayOrder } from '../model/order.ts';
import type { PublicEvent } from '../model/public-event.ts';
import { may } from '../model/roster.ts';
import type { ComponentStatus } from '../model/status.ts';
import type { Message } from '../model/timeline.ts';
import { $opinions, $publicEvents, type SecondOpinion } from './approvals.ts';
import { $roster } from './claims.ts';
import { $device, type Device } from './device.ts';
import { $events, $log, $version } from './log.ts';
import { isPublicWord, namesByCode, type PublicWord, publicWordOf } from './public-word.ts';
import { type Receipts, receiptsOf, refusalsOf } from './receipts.ts';

export type Said =
  | { readonly type: 'note'; readonly text: string }
  | PublicWord
  /** A watcher saw something get worse, or recover. */
  | { readonly type: 'alert'; readonly status: ComponentStatus; readonly name: string; readonly text: string }
  | { readonly type: 'newer' };

/** One line of the room: a sealed message or a public update, in the order that causes give. */
export interface RoomEntry {
  readonly id: string;
  /** The member's name, or a watcher's vantage; null when no admin has said one. */
  readonly author: string | null;
  readonly mine: boolean;
  /** Unix milliseconds by the author's clock. */
  readonly at: number;
  readonly says: Said;
  /** For own entries: which relays hold it; null for others'. */
  readonly receipts: Receipts | null;
  readonly doubt: 'quarantined' | 'copied' | null;
  /** For own entries: relays that will not take it, and why, in their own words. */
  readonly refusals: readonly string[];
  /** Of a public update for which the roster asks a second opinion; null for everything else. */
  readonly opinion: SecondOpinion | null;
}

export type RoomView =
  | { readonly type: 'none' }
  | {
      readonly type: 'open';
      readonly sealedTo: number;
      readonly readers: number;
      readonly entries: readonly RoomEntry[];
      /** Messages that this device holds and cannot open. */
      readonly locked: number;
    };

/** The rooms that the unlocked device can read; null while locked. */
export const $rooms = atom<Rooms | null>(null);

/** Member → name, as the admins let them in; empty while locked, since names are sealed. */
export const $names = computed(
  [$rooms, $roster, $events],
  (rooms, roster): ReadonlyMap<string, string> =>
    roster === null ? new Map() : memberNames(rooms?.main('room')?.messages ?? [], roster),
);

/** Under which name this device's entries stand; empty while nobody has said one. */
export const $ownName = computed([$names, $roster, $device], (names, roster, device) =>
  device === null ? '' : (names.get(roster?.keys.get(device.pubkey)?.member ?? '') ?? ''),
);

/** Whether this device's role lets it write here; observers only read. */
export const $maySay = computed(
  [$roster, $device],
  (roster, device) => roster !== null && device !== null && may(roster, device.pubkey, KIND.sealed),
);

export const $room = computed(
  [$rooms, $log, $roster, $names, $events, $publicEvents, $opinions, $version],
  (rooms, log, roster, names, events, publicEvents, opinions): RoomView => {
    const room = rooms?.main('room');
    if (log === null || roster === null || room === undefined) return { type: 'none' };
    const copied = copiedIds(events);
    const updates = [...publicEvents.values()].filter(isPublicWord);
    const called = namesByCode(updates);
    const links = log.links();
    const own = log.pubkey;
    const messages = room.messages.filter((message) => message.type !== 'member');
    const entries = displayOrder<Message | PublicEvent>([...messages, ...updates]).map((item) => {
      const author = 'author' in item ? item.author : item.pubkey;
      const mine = author === own;
      const quarantined = 'counts' in item && !item.counts;
      return known({
        id: item.id,
        author: names.get(roster.keys.get(author)?.member ?? '') ?? roster.keys.get(author)?.vantage ?? null,
        mine,
        at: item.hlc[0],
        says: 'author' in item ? messageOf(item) : (publicWordOf(item, called) ?? { type: 'newer' }),
        receipts: mine ? receiptsOf(log, item.id) : null,
        doubt: quarantined ? 'quarantined' : copied.has(item.id) ? 'copied' : null,
        refusals: mine ? refusalsOf(links, item.id) : [],
        opinion: opinions.get(item.id) ?? null,
      });
    });
    const { sealedTo, readers, locked } = room;
    return { type: 'open', sealedTo, readers, entries, locked };
  },
);

let entriesById = new Map<string, RoomEntry>();

/** The same object as before for an entry that says the same: of a thousand, a receipt draws one anew. */
function known(entry: RoomEntry): RoomEntry {
  const before = entriesById.get(entry.id);
  if (before !== undefined && isSame(before, entry)) return before;
  entriesById.set(entry.id, entry);
  return entry;
}

/** What an event says never changes; what is known about it does. */
function isSame(a: RoomEntry, b: RoomEntry): boolean {
  return (
    a.author === b.author &&
    a.mine === b.mine &&
    a.doubt === b.doubt &&
    a.opinion === b.opinion &&
    a.says.type === b.says.type &&
    subjectOf(a) === subjectOf(b) &&
    a.receipts?.have === b.receipts?.have &&
    a.receipts?.all === b.receipts?.all &&
    a.refusals.join() === b.refusals.join()
  );
}

/** What a retraction is about may come later than the retraction. */
function subjectOf({ says }: RoomEntry): string {
  return says.type === 'retraction' ? says.name : '';
}

/** The returned function closes it. */
export function openRoom(device: Device): () => void {
  entriesById = new Map();
  const log = $log.get();
  if (log === null) return () => {};
  const rooms = openRooms(log, device.secret);
  $rooms.set(rooms);
  const alerts = keepAlertRoom(log, rooms);
  return () => {
    alerts.close();
    $rooms.set(null);
  };
}

/** Says a note in the room; resolves when it is on this device. Rejects with one sentence. */
export async function say(text: string): Promise<void> {
  const rooms = $rooms.get();
  const room = rooms?.main('room');
  if (rooms === null || room === undefined) throw new Error('This device has no key to the room yet.');
  await rooms.say(room.id, 'note', { text });
}

function messageOf(message: Message): Said {
  const alert = alertOf(message);
  if (alert !== undefined) return { type: 'alert', status: alert.status, name: alert.name, text: alert.text };
  const { type, body } = message;
  const text = typeof body === 'object' && body !== null && 'text' in body ? body.text : undefined;
  return type === 'note' && typeof text === 'string' ? { type: 'note', text } : { type: 'newer' };
}

/** Two events in one place of a chain: a device that was restored or copied wrote both; both count, and the page says so. */
function copiedIds(events: readonly SignedEvent[]): ReadonlySet<string> {
  const places = Map.groupBy(events, (event) => chainPlace(event)?.join(' ') ?? event.id);
  return new Set([...places.values()].filter((same) => same.length > 1).flatMap((same) => same.map(({ id }) => id)));
}
