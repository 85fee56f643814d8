import type { RoomCut } from '../../model/cuts.ts';
import { chainName, KIND } from '../../model/event.ts';
import { isReader, liveKeys } from '../../model/roster.ts';
import type { Log } from '../log.ts';
import { tipsOf } from '../people/chain-tips.ts';
import { type Epoch, keyContents, newEpoch, type Purpose } from './epoch.ts';
import { type RoomKeys, writingEpoch } from './keyring.ts';
import { sealer } from './seal.ts';

interface Wrap {
  readonly room: string;
  readonly purpose: Purpose;
  readonly name: string;
  readonly epoch: Epoch;
  readonly readers: readonly string[];
  readonly older?: readonly Epoch[];
  readonly cuts?: readonly RoomCut[];
}

/** Writes 3912 events: first epochs, wraps for newcomers, new epochs on removal. */
export function keyWriter(log: Log, deviceSecret: Uint8Array) {
  const { platform } = log;
  const sealTo = sealer(deviceSecret, platform);

  async function write({ room, older = [], cuts = [], ...draft }: Wrap): Promise<void> {
    for (const content of keyContents({ ...draft, older, cuts }, sealTo)) {
      await log.append({ kind: KIND.key, d: chainName.room(room), content, tags: [['k', draft.epoch.k]] });
    }
  }

  function readersBut(without?: string): readonly string[] {
    const roster = log.roster();
    const readers = liveKeys(roster).filter(({ pk }) => pk !== without && isReader(roster, pk));
    return readers.map(({ pk }) => pk);
  }

  /** The first epoch of a room. */
  async function first(room: string, purpose: Purpose, name: string): Promise<void> {
    await write({ room, purpose, name, epoch: newEpoch(platform), readers: readersBut() });
  }

  /** A new epoch for every live reader but `without`; where the removed keys' chains end goes with it. */
  async function renew(keys: RoomKeys, without?: string): Promise<Epoch> {
    const { id: room, purpose, name } = keys;
    const roster = log.roster();
    const removed = new Set([...roster.removed, ...(without === undefined ? [] : [without])]);
    const cuts = [...removed].map((pk) => ({ pk, ids: tipsOf(log.events(), roster, pk, chainName.room(room)) }));
    const epoch = newEpoch(platform);
    const older = [...keys.epochs.values()];
    // Who is being removed and has said nothing here is cut before the first word. Of the others, a copy that holds
    // nothing of a chain says nothing about where it ends.
    const said = cuts.filter(({ pk, ids }) => pk === without || ids.length > 0);
    await write({ room, purpose, name, epoch, older, readers: readersBut(without), cuts: said });
    return epoch;
  }

  /** One wrap for a newcomer, with the secrets of all history; nothing where it holds one already. */
  async function grant(keys: RoomKeys, publicKey: string): Promise<void> {
    // Watchers and publishers seal and publish; they never read (DESIGN §6).
    if (!isReader(log.roster(), publicKey)) return;
    const { id: room, purpose, name } = keys;
    const epoch = writingEpoch(keys, log.roster());
    if (epoch === undefined) {
      await renew(keys);
    } else if (!keys.wrapped.get(epoch.k)?.has(publicKey)) {
      const older = [...keys.epochs.values()].filter(({ k }) => k !== epoch.k);
      await write({ room, purpose, name, epoch, older, readers: [publicKey] });
    }
  }

  return { first, renew, grant };
}
