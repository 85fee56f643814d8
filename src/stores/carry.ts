import { carriedText, readCarriedText } from '../log/carried-text.ts';
import { outlineOf } from '../log/rooms/epoch.ts';
import { KIND, type SignedEvent } from '../model/event.ts';
import { readAsked } from './asked.ts';
import { $device } from './device.ts';
import { $log } from './log.ts';
import { outside } from './outside.ts';
import { $rooms } from './room.ts';

/** So many of the room's newest entries travel with a grant: the text stays short enough for a mail. */
const RECENT = 50;
const TOLD_ONCE = ['member', 'vault'];

/** What came of a pasted text. */
export type Taken =
  | { readonly type: 'none' }
  | { readonly type: 'taken'; readonly added: number; readonly held: number; readonly invalid: number };

/** What `pk` needs to be on the bridge with no relay at all: the roster, its wraps, the names, and the room's newest entries. */
export async function textFor(pk: string): Promise<string> {
  const events = $log.get()?.events() ?? [];
  const messages =
    $rooms
      .get()
      ?.list()
      .flatMap((room) =>
        room.messages.filter((one, n) => TOLD_ONCE.includes(one.type) || n >= room.messages.length - RECENT),
      ) ?? [];
  const ids = new Set(messages.map(({ id }) => id));
  return carriedText(events.filter((event) => event.kind === KIND.roster || isKeyFor(event, pk) || ids.has(event.id)));
}

/** This device's request to be let in, as text; null when it asked for nothing. */
export async function requestText(): Promise<string | null> {
  const device = $device.get();
  const asked = device === null ? null : readAsked(outside().local, device.pubkey);
  return asked === null ? null : carriedText([asked.request]);
}

/** Takes in what was pasted: each event is verified, then stored and sent on like any other. */
export async function takeIn(text: string): Promise<Taken> {
  const values = await readCarriedText(text);
  const log = $log.get();
  if (values === undefined || log === null) return { type: 'none' };
  const { valid, added, invalid } = await log.add(values);
  return { type: 'taken', added: added.length, held: valid.length, invalid: invalid.length };
}

function isKeyFor(event: SignedEvent, pk: string): boolean {
  return event.kind === KIND.key && outlineOf(event).wrapped.includes(pk);
}
