import { KIND, type SignedEvent, tagValue } from '../../model/event.ts';
import { counts, isReader, type Roster, rolesOf } from '../../model/roster.ts';
import { publicKeyOf } from '../event.ts';
import { type Epoch, type OpenedKey, openKey, outlineOf, type Purpose } from './epoch.ts';

/** What this device knows of one room's keys. */
export interface RoomKeys {
  readonly id: string;
  readonly purpose: Purpose;
  readonly name: string;
  /** Epochs that this device can read, by `k`. */
  readonly epochs: ReadonlyMap<string, Epoch>;
  /** Device keys that each epoch is wrapped to, by `k`, as far as its 3912 events count. */
  readonly wrapped: ReadonlyMap<string, ReadonlySet<string>>;
  readonly begunByAdmin: boolean;
}

const ROOM = /^lb1:([0-9a-f]{32})$/;

/** The room of a 3912 or 3913, by its `d` tag. */
export function roomOf(event: SignedEvent): string | undefined {
  return ROOM.exec(tagValue(event, 'd') ?? '')?.[1];
}

/** Reads 3912 events with one device key; remembers what each gave, so that a second reading costs nothing. */
export function keyReader(
  deviceSecret: Uint8Array,
): (events: Iterable<SignedEvent>, roster: Roster) => readonly RoomKeys[] {
  const publicKey = publicKeyOf(deviceSecret);
  const cache = new Map<string, OpenedKey | undefined>();
  const open = (event: SignedEvent) => {
    if (!cache.has(event.id)) cache.set(event.id, openKey(event, deviceSecret, publicKey));
    return cache.get(event.id);
  };
  return (events, roster) => {
    const keyEvents = [...events].filter((event) => event.kind === KIND.key && roster.keys.has(event.pubkey));
    const byRoom = Map.groupBy(keyEvents, (event) => roomOf(event) ?? '');
    return [...byRoom].flatMap(([id, found]) => (id === '' ? [] : (roomKeys(id, found, roster, open) ?? [])));
  };
}

/**
 * A secret that fits its `k` is taken from a removed key's 3912 too, or history would close between a removal and the
 * room's next epoch; but such an event says nothing about who is wrapped, nor, where any other does, about name and purpose.
 * Of these an admin's word comes first: nobody else may call the room that all share by another name.
 */
function roomKeys(
  id: string,
  events: readonly SignedEvent[],
  roster: Roster,
  open: (event: SignedEvent) => OpenedKey | undefined,
): RoomKeys | undefined {
  const epochs = new Map<string, Epoch>();
  const wrapped = new Map<string, Set<string>>();
  const named: { readonly weight: number; readonly id: string; readonly opened: OpenedKey }[] = [];
  let begunByAdmin = false;
  for (const event of events) {
    const countsNow = counts(roster, event);
    const isAdmins = countsNow && rolesOf(roster, event.pubkey).includes('admin');
    const k = tagValue(event, 'k') ?? '';
    const outline = outlineOf(event);
    if (countsNow) wrapped.set(k, new Set([...(wrapped.get(k) ?? []), ...outline.wrapped]));
    begunByAdmin ||= isAdmins && outline.isFirst;
    const opened = open(event);
    if (opened === undefined) continue;
    for (const epoch of [opened.epoch, ...opened.older]) epochs.set(epoch.k, epoch);
    named.push({ weight: Number(countsNow) + Number(isAdmins), id: event.id, opened });
  }
  named.sort((a, b) => b.weight - a.weight || (a.id < b.id ? -1 : 1));
  const first = named[0]?.opened;
  return first && { id, purpose: first.purpose, name: first.name, epochs, wrapped, begunByAdmin };
}

/**
 * The epoch to write with: one that this device reads and that is wrapped to no removed key; of several the one that
 * most live readers hold, then the lowest `k`. Undefined: a new one is due.
 */
export function writingEpoch(keys: RoomKeys, roster: Roster): Epoch | undefined {
  const reach = (k: string) => [...(keys.wrapped.get(k) ?? [])].filter((pk) => isReader(roster, pk)).length;
  return [...keys.epochs.values()]
    .filter(({ k }) => reach(k) > 0 && ![...(keys.wrapped.get(k) ?? [])].some((pk) => roster.removed.has(pk)))
    .sort((a, b) => reach(b.k) - reach(a.k) || (a.k < b.k ? -1 : 1))[0];
}
