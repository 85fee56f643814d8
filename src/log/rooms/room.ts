import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { canonical } from '../../model/canonical.ts';
import { cleaned } from '../../model/clean.ts';
import { nextHlc } from '../../model/clock.ts';
import { chainName, KIND, type SignedEvent } from '../../model/event.ts';
import { isReader, liveKeys, type Roster } from '../../model/roster.ts';
import { heads, type Message, timeline } from '../../model/timeline.ts';
import type { Log } from '../log.ts';
import type { Epoch, Purpose } from './epoch.ts';
import { keyWriter } from './key-writer.ts';
import { keyReader, type RoomKeys, writingEpoch } from './keyring.ts';
import { mainRoom } from './main-room.ts';
import { messageReader } from './message-reader.ts';
import { seal } from './seal.ts';

/** UTF-8 bytes of one message before sealing (DESIGN §4, Form). */
export const MAX_SEALED_BYTES = 40_960;

/** A room as this device sees it. */
export interface Room {
  readonly id: string;
  readonly purpose: Purpose;
  readonly name: string;
  /** "Sealed to 11 of 12": live readers that hold the epoch we would write with, and all live readers. */
  readonly sealedTo: number;
  readonly readers: number;
  /** Opened messages, oldest first. */
  readonly messages: readonly Message[];
  /** Messages that this device holds and has no key for. */
  readonly locked: number;
}

/** The rooms of one unlocked device. Everything is folded from the log when asked for; nothing else is kept. */
export interface Rooms {
  list(): readonly Room[];
  get(room: string): Room | undefined;
  /** The room of this purpose that all members share (`mainRoom`). */
  main(purpose: Purpose): Room | undefined;
  /** Seals and appends a message; makes a new epoch first where a removal asks for one. Rejects with one sentence. */
  say(room: string, type: string, body: unknown): Promise<SignedEvent>;
  /** Makes a room and wraps its first epoch to every live reader; resolves with its id. */
  create(purpose: Purpose, name: string): Promise<string>;
  /** Gives a newcomer every room that this device can read, with all its history; no new epoch. */
  grant(publicKey: string): Promise<void>;
  /** A new epoch in every room for all live readers but `without`, with the cuts of removed keys: due on removal only. */
  renew(without?: string): Promise<void>;
  /** The epoch to seal with, and all that this device can open: for files, which are sealed to a key derived from it. */
  epochs(room: string): {
    readonly current: Epoch | undefined;
    /** Device keys that the current one is wrapped to. */
    readonly wrapped: readonly string[];
    readonly all: readonly Epoch[];
  };
}

interface Folded {
  readonly events: readonly SignedEvent[];
  readonly roster: Roster;
  readonly keys: ReadonlyMap<string, RoomKeys>;
  readonly rooms: ReadonlyMap<string, Room>;
}

/** `deviceSecret` is the key that the log is unlocked with, 32 bytes. */
export function openRooms(log: Log, deviceSecret: Uint8Array): Rooms {
  const readKeys = keyReader(deviceSecret);
  const readMessages = messageReader();
  const writer = keyWriter(log, deviceSecret);
  let last: Folded | undefined;

  function fold(): Folded {
    const [events, roster] = [log.events(), log.roster()];
    if (last?.events === events && last.roster === roster) return last;
    const keys = new Map(readKeys(events, roster).map((one) => [one.id, one]));
    const opened = readMessages(events, roster, keys);
    const readers = liveKeys(roster).filter(({ pk }) => isReader(roster, pk));
    const rooms = [...keys.values()].map((one): [string, Room] => {
      const { id, purpose, name } = one;
      const wrapped = one.wrapped.get(writingEpoch(one, roster)?.k ?? '');
      const sealedTo = readers.filter(({ pk }) => wrapped?.has(pk)).length;
      const { messages = [], locked = 0 } = opened.get(id) ?? {};
      return [id, { id, purpose, name, sealedTo, readers: readers.length, messages: timeline(messages), locked }];
    });
    last = { events, roster, keys, rooms: new Map(rooms) };
    return last;
  }

  async function say(room: string, type: string, body: unknown): Promise<SignedEvent> {
    const keys = fold().keys.get(room);
    if (keys === undefined) throw new Error('This device has no key to that room: an admin must grant it one.');
    const epoch = writingEpoch(keys, log.roster()) ?? (await writer.renew(keys));
    const messages = fold().rooms.get(room)?.messages ?? [];
    const hlc = nextHlc(
      log.platform.now(),
      messages.map((message) => message.hlc),
    );
    const text = canonical({ v: 1, type, hlc, parents: heads(messages), body: cleaned(body) });
    if (utf8ToBytes(text).length > MAX_SEALED_BYTES) {
      throw new Error('This message is longer than 40 kB and was not sent: shorten it, or send it in parts.');
    }
    const content = seal(text, { secret: deviceSecret, publicKey: epoch.k }, log.platform);
    return log.append({ kind: KIND.sealed, d: chainName.room(room), content, tags: [['k', epoch.k]] });
  }

  return {
    list: () => [...fold().rooms.values()],
    get: (room) => fold().rooms.get(room),
    main: (purpose) => {
      const { keys, roster, rooms } = fold();
      return rooms.get(mainRoom(keys.values(), roster, purpose) ?? '');
    },
    say,
    create: async (purpose, name) => {
      const room = bytesToHex(log.platform.random(16));
      await writer.first(room, purpose, name);
      return room;
    },
    grant: async (publicKey) => {
      for (const keys of fold().keys.values()) await writer.grant(keys, publicKey);
    },
    renew: async (without) => {
      for (const keys of fold().keys.values()) await writer.renew(keys, without);
    },
    epochs: (room) => {
      const keys = fold().keys.get(room);
      const current = keys && writingEpoch(keys, log.roster());
      const wrapped = [...(keys?.wrapped.get(current?.k ?? '') ?? [])].sort();
      return { current, wrapped, all: [...(keys?.epochs.values() ?? [])] };
    },
  };
}
