import { exportDigest, exportLines } from '../../src/log/export.ts';
import { canonical } from '../../src/model/canonical.ts';
import { chainPosition, KIND, previousId, type SignedEvent, tagValue } from '../../src/model/event.ts';
import { isAddressable, OPEN_KINDS, REGULAR_KINDS } from '../../src/model/kind-sets.ts';
import { publicEvents } from '../../src/model/public-event.ts';
import { foldRoster, isReader, may, type Roster } from '../../src/model/roster.ts';
import { statementOf } from '../../src/model/roster-statement.ts';
import type { Device } from './device.ts';
import { root, STATUS, stranger } from './organisation.ts';
import type { RelayHost } from './relay-host.ts';
import type { World } from './world.ts';

/** One copy of the log that has to come out right. */
export interface Copy {
  readonly name: string;
  readonly events: ReadonlyMap<string, SignedEvent>;
  /** Reads sealed kinds too. */
  readonly readsAll: boolean;
}

/** What every copy must hold in the end. */
export interface Expected {
  readonly roster: Roster;
  readonly events: ReadonlyMap<string, SignedEvent>;
}

/** The copies that count: honest relays, and devices whose key is in the right hands. */
export function copiesOf(world: World, roster: Roster | undefined): readonly Copy[] {
  const devices = world.devices
    .filter(({ isStolen }) => !isStolen)
    .map(({ name, disk, member }) => ({
      name,
      events: disk.events,
      readsAll: roster !== undefined && isReader(roster, member.pk),
    }));
  const hosts = honest(world).map((host) => ({
    name: host.name,
    events: new Map(host.backup().map((event) => [event.id, event])),
    readsAll: true,
  }));
  return [...devices, ...hosts];
}

function honest(world: World): readonly RelayHost[] {
  return world.hosts.filter(({ tampering }) => tampering === undefined);
}

/** The union of all copies, without what no relay takes: strangers, and removed keys beyond their cuts. */
export function expectedOf(world: World): Expected {
  const union = new Map<string, SignedEvent>();
  for (const { events } of copiesOf(world, undefined)) for (const [id, event] of events) union.set(id, event);
  const roster = foldRoster(union.values(), root.pk);
  const events = new Map(
    [...union].filter(
      ([id, event]) =>
        REGULAR_KINDS.includes(event.kind) && !roster.purged.has(id) && event.sig !== '' && mayBeKept(event, roster),
    ),
  );
  return { roster, events };
}

function mayBeKept(event: SignedEvent, roster: Roster): boolean {
  if (may(roster, event.pubkey, event.kind, typeOf(event))) return true;
  return (event.kind === KIND.roster && roster.everAdmins.has(event.pubkey)) || roster.accepted.has(event.id);
}

function typeOf({ kind, content }: SignedEvent): string | undefined {
  return kind === KIND.public ? (JSON.parse(content) as { type: string }).type : undefined;
}

/** What a copy still lacks, in words; empty when it has everything. */
export function lacking(copy: Copy, expected: Expected): readonly string[] {
  return [...expected.events.values()]
    .filter(({ id, kind }) => (copy.readsAll || OPEN_KINDS.includes(kind)) && !copy.events.has(id))
    .map((event) => `${copy.name} lacks ${describe(event)}`);
}

function describe(event: SignedEvent): string {
  return `${event.kind} ${event.id.slice(0, 10)} by ${event.pubkey.slice(0, 6)} s=${chainPosition(event) ?? '-'}`;
}

/** Everything that must hold once the world is healed and quiet: one sentence for each rule that is broken. */
export function judge(world: World, expected: Expected): readonly string[] {
  const copies = copiesOf(world, expected.roster);
  return [
    ...copies.flatMap((copy) => lacking(copy, expected)),
    ...lostPromises(world),
    ...doubledPlaces(world),
    ...copies.flatMap((copy) => forgeries(world, copy, expected.roster)),
    ...differences(world, copies, expected),
    ...beyondCuts(world, expected),
    ...falseReceipts(world, expected.roster),
  ];
}

/** What anybody asked to purge is not judged: where the vote counted for a while, relays have kept nothing of it. */
function lostPromises(world: World): readonly string[] {
  const statements = [...world.pens.signed.values()].filter(({ kind }) => kind === KIND.roster);
  const purged = new Set(statements.flatMap((event) => statementOf(event)?.purges ?? []));
  const onDisks = world.devices.flatMap(({ name, disk }) =>
    [...disk.promised].filter((id) => !disk.events.has(id)).map((id) => `${name} saved ${id} and lost it`),
  );
  const onShelves = honest(world).flatMap(({ name, promised, shelf }) =>
    [...promised]
      .filter((id) => !shelf.has(id) && !purged.has(id) && REGULAR_KINDS.includes(world.pens.signed.get(id)?.kind ?? 0))
      .map((id) => `${name} answered OK for ${id} and does not hold it`),
  );
  const inCrashes = world.hosts.flatMap(({ name, brokenPromises }) =>
    [...brokenPromises]
      .filter((id) => !purged.has(id))
      .map((id) => `${name} answered OK for ${id}, which was not on its disk when it crashed`),
  );
  return [...onDisks, ...onShelves, ...inCrashes];
}

/** A chain has one event a place, but where a disk was emptied, set back or copied. */
function doubledPlaces(world: World): readonly string[] {
  const mayDouble = new Set(
    world.devices.filter(({ disk, isStolen }) => disk.wasSetBack || isStolen).map(({ member }) => member.pk),
  );
  const places = new Map<string, string>();
  const doubled: string[] = [];
  for (const event of world.pens.signed.values()) {
    const s = chainPosition(event);
    if (s === undefined || isAddressable(event.kind) || mayDouble.has(event.pubkey) || event.pubkey === stranger.pk)
      continue;
    if (!copiesHold(world, event.id)) continue;
    const place = `${event.pubkey} ${tagValue(event, 'd')} ${s}`;
    const other = places.get(place);
    if (other !== undefined) doubled.push(`${describe(event)} has the same place as ${other}`);
    places.set(place, event.id);
  }
  return doubled;
}

function copiesHold(world: World, id: string): boolean {
  return world.devices.some(({ disk }) => disk.events.has(id)) || world.hosts.some(({ shelf }) => shelf.has(id));
}

/** Nothing is held that its author did not sign, letter for letter, but for what is purged: of that, no word and no signature. */
function forgeries(world: World, { name, events }: Copy, { purged }: Roster): readonly string[] {
  return [...events.values()]
    .filter((event) => {
      const signed = world.pens.signed.get(event.id);
      const genuine =
        signed !== undefined && (event.sig === '' || purged.has(event.id))
          ? { ...signed, content: '', sig: '' }
          : signed;
      return genuine !== event && (genuine === undefined || canonical(genuine) !== canonical(event));
    })
    .map((event) => `${name} holds what nobody signed: ${describe(event)}`);
}

/** Byte-equal exports of what all must hold, and the same fold whatever else a copy holds, in any order. */
function differences(world: World, copies: readonly Copy[], expected: Expected): readonly string[] {
  const wrong: string[] = [];
  const whole = copies.filter(({ readsAll }) => readsAll);
  const shared = (copy: Copy) => [...expected.events.keys()].flatMap((id) => copy.events.get(id) ?? []);
  // That no event has other bytes than its author signed is a rule of its own, so ids do where writing them all out is slow.
  const exported = world.random.chance(0.2) ? exportLines : exportDigest;
  const exports = new Set(whole.map((copy) => exported(shared(copy))));
  if (exports.size > 1) wrong.push(`the exports of ${whole.map(({ name }) => name)} differ`);
  const folds = new Map<string, string>();
  for (const copy of whole) {
    const events = [...copy.events.values()];
    if (world.random.chance(0.5)) events.reverse();
    const roster = foldRoster(events, root.pk);
    folds.set(foldOf(roster, events), copy.name);
  }
  if (folds.size > 1)
    wrong.push(`the folds differ: ${[...folds].map(([fold, name]) => `${name} ${fold}`).join(' | ')}`);
  return wrong;
}

function foldOf(roster: Roster, events: readonly SignedEvent[]): string {
  const keys = [...roster.keys.values()]
    .map(({ pk, roles, removed }) => `${pk.slice(0, 6)} ${roles} ${removed}`)
    .sort();
  const counted = [...publicEvents(events, roster).keys()].sort().map((id) => id.slice(0, 8));
  return JSON.stringify([roster.generation, keys, roster.settings, [...roster.removed].sort(), counted]);
}

interface Removal {
  readonly pk: string;
  readonly cut: Readonly<Record<string, readonly string[]>>;
}

/** By a model of its own: of a removed key only what every removal's cut leads back to counts. */
function beyondCuts(world: World, { roster }: Expected): readonly string[] {
  const wrong: string[] = [];
  const all = new Map<string, SignedEvent>();
  for (const copy of copiesOf(world, roster)) for (const [id, event] of copy.events) all.set(id, event);
  const removals = [...all.values()]
    .filter(({ kind, pubkey }) => kind === KIND.roster && roster.everAdmins.has(pubkey))
    .map(({ content }) => JSON.parse(content) as { gen: number; removes: Removal[] })
    .flatMap(({ gen, removes }) => (gen === roster.generation ? removes : []));
  for (const { id, pubkey } of publicEvents(all.values(), roster).values()) {
    for (const { cut } of removals.filter(({ pk }) => pk === pubkey)) {
      if (!isBehind(id, cut[STATUS] ?? [], all)) wrong.push(`${id} of a removed key counts beyond its cut`);
    }
    if (pubkey === stranger.pk) wrong.push(`${id} of a stranger counts`);
  }
  return wrong;
}

function isBehind(id: string, tips: readonly string[], all: ReadonlyMap<string, SignedEvent>): boolean {
  return tips.some((tip) => {
    for (let at: string | undefined = tip; at !== undefined; ) {
      if (at === id) return true;
      const event: SignedEvent | undefined = all.get(at);
      at = event && previousId(event);
    }
    return false;
  });
}

/** A receipt says that a relay holds an event: after a comparison that is so. What a device may not read it cannot compare. */
function falseReceipts(world: World, roster: Roster): readonly string[] {
  const hosts = world.hosts.filter(({ tampering }) => tampering?.comparesHonestly ?? tampering === undefined);
  return world.devices.filter(({ isStolen }) => !isStolen).flatMap((device) => falseOf(device, hosts, roster));
}

function falseOf(device: Device, hosts: readonly RelayHost[], roster: Roster): readonly string[] {
  const compares = isReader(roster, device.member.pk);
  return device.ready.flatMap((log) =>
    log.events().flatMap((event) => {
      if (roster.purged.has(event.id) || (!compares && !OPEN_KINDS.includes(event.kind))) return [];
      return hosts
        .filter(({ url, shelf }) => log.receipts(event.id).includes(url) && !shelf.has(event.id))
        .map(({ name }) => `${device.name} claims that ${name} holds ${describe(event)}`);
    }),
  );
}
