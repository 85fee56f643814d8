import { eventsBehindCuts, parseRoomCuts } from './cuts.ts';
import { chainName, KIND, organisation, type SignedEvent, tagValue } from './event.ts';
import { READING_ROLES, type Role, rolesMaySign } from './roles.ts';
import { chosenSettings, purgedIds, type Settings } from './roster-settings.ts';
import { parseRosterStatement, type Stated } from './roster-statement.ts';

/** A device key that a counted grant names. */
export interface RosterKey {
  readonly pk: string;
  /** Random id of the person or service; names are sealed. */
  readonly member: string;
  /** Union of the counted grants; of a removed key, what it had. */
  readonly roles: readonly Role[];
  /** The name under which a watcher's observations count. */
  readonly vantage: string | null;
  readonly removed: boolean;
}

/** Who may do what: the fold of all 3911 statements (DESIGN §6), the same in any order of arrival. */
export interface Roster extends Settings {
  readonly root: string;
  /** Raised by the root alone; statements of other generations do not count. */
  readonly generation: number;
  /** Every granted key, removed ones too. */
  readonly keys: ReadonlyMap<string, RosterKey>;
  /** Whose rosters chain to the root, removed or not: their removals count for ever, so every relay takes their 3911. */
  readonly everAdmins: ReadonlySet<string>;
  /** Every removed key, whether or not it was ever granted. */
  readonly removed: ReadonlySet<string>;
  /** Keys that may sign a 3910. */
  readonly invites: ReadonlySet<string>;
  /** Ids whose content is dropped: asked for by the root or by two admins. */
  readonly purged: ReadonlySet<string>;
  /** Ids of removed keys' events that count: at or behind every cut. */
  readonly accepted: ReadonlySet<string>;
  /** Ids that a cut names, held or not: a relay takes them, and then what they follow by `prev`. */
  readonly cutIds: ReadonlySet<string>;
  /** SHA-256 of the spare root key, from the root's first statement; null where it named none. */
  readonly next: string | null;
}

/** Folds the held events (only 3911, and 3912 for their cuts, are looked at) into the roster. Pure, order does not matter. */
export function foldRoster(events: Iterable<SignedEvent>, root: string): Roster {
  const held = [...events];
  const stated = currentStatements(held, root);
  const { admins: everAdmins } = leastFixpoint(stated, root, () => true);
  const removals = stated
    .filter(({ event }) => everAdmins.has(event.pubkey))
    .flatMap(({ says }) => says.removes)
    .filter(({ pk }) => pk !== root);
  const removed = new Set(removals.map(({ pk }) => pk));
  const cuts = new Map<string, string[][]>();
  const org = organisation(root);
  for (const { pk, cut } of removals) {
    for (const d of new Set([chainName.roster(org), chainName.status(org), ...Object.keys(cut)])) {
      addCut(cuts, pk, d, cut[d] ?? []);
    }
  }
  const byId = new Map(held.filter((event) => removed.has(event.pubkey)).map((event) => [event.id, event]));
  const rosterAccepted = acceptedBy(byId, cuts);
  const { counted } = leastFixpoint(
    stated,
    root,
    (event) => !removed.has(event.pubkey) || rosterAccepted.has(event.id),
  );
  const keys = grantedKeys(counted, removed);
  // Where a removed key's chain ends in a room is said in that room's next 3912, by a key that is itself still live.
  for (const event of held) {
    const author = keys.get(event.pubkey);
    if (event.kind !== KIND.key || author === undefined || author.removed) continue;
    if (!rolesMaySign(author.roles, KIND.key)) continue;
    for (const { pk, ids } of parseRoomCuts(event.content)) {
      if (removed.has(pk)) addCut(cuts, pk, tagValue(event, 'd') ?? '', ids);
    }
  }
  return {
    root,
    generation: stated[0]?.says.gen ?? 0,
    keys,
    everAdmins,
    removed,
    invites: new Set(counted.flatMap(({ says }) => says.invites).filter((pk) => !removed.has(pk))),
    ...chosenSettings(counted),
    purged: purgedIds(counted, root, keys),
    accepted: acceptedBy(byId, cuts),
    cutIds: new Set([...cuts.values()].flat(2)),
    next: counted.find(({ event, says }) => event.pubkey === root && says.next !== undefined)?.says.next ?? null,
  };
}

/** Statements of the highest generation that the root has raised, by event id. */
function currentStatements(events: readonly SignedEvent[], root: string): readonly Stated[] {
  const d = chainName.roster(organisation(root));
  const stated = events.flatMap((event) => {
    if (event.kind !== KIND.roster || tagValue(event, 'd') !== d) return [];
    const says = parseRosterStatement(event.content);
    return says === undefined ? [] : [{ event, says }];
  });
  const generation = Math.max(0, ...stated.filter(({ event }) => event.pubkey === root).map(({ says }) => says.gen));
  return stated.filter(({ says }) => says.gen === generation).sort((a, b) => (a.event.id < b.event.id ? -1 : 1));
}

/** The statements that count, and who is an admin by them, starting from the root and adding until nothing changes. */
function leastFixpoint(stated: readonly Stated[], root: string, mayCount: (event: SignedEvent) => boolean) {
  const admins = new Set([root]);
  for (;;) {
    const counted = stated.filter(({ event }) => admins.has(event.pubkey) && mayCount(event));
    const before = admins.size;
    for (const grant of counted.flatMap(({ says }) => says.grants)) {
      if (grant.roles.includes('admin')) admins.add(grant.pk);
    }
    if (admins.size === before) return { admins, counted };
  }
}

function addCut(cuts: Map<string, string[][]>, pk: string, d: string, ids: readonly string[]): void {
  const key = `${pk} ${d}`;
  cuts.set(key, [...(cuts.get(key) ?? []), [...ids]]);
}

function acceptedBy(byId: ReadonlyMap<string, SignedEvent>, cuts: ReadonlyMap<string, string[][]>): Set<string> {
  return new Set([...cuts].flatMap(([key, ids]) => [...eventsBehindCuts(byId, key.slice(0, 64), key.slice(65), ids)]));
}

function grantedKeys(counted: readonly Stated[], removed: ReadonlySet<string>): Map<string, RosterKey> {
  const keys = new Map<string, RosterKey>();
  for (const { pk, member, roles, vantage } of counted.flatMap(({ says }) => says.grants)) {
    const known = keys.get(pk);
    keys.set(pk, {
      pk,
      member: known?.member ?? member,
      roles: [...new Set([...(known?.roles ?? []), ...roles])].sort(),
      vantage: known?.vantage ?? vantage ?? null,
      removed: removed.has(pk),
    });
  }
  return keys;
}

/** Whether `pubkey` may sign such an event now; with no `type`, whether any type of the kind. */
export function may(roster: Roster, pubkey: string, kind: number, type?: string): boolean {
  if (pubkey === roster.root) return kind === KIND.roster;
  if (kind === KIND.join) return roster.invites.has(pubkey);
  const key = roster.keys.get(pubkey);
  return key !== undefined && !key.removed && rolesMaySign(key.roles, kind, type);
}

/** Whether a held event counts in a fold: its author may sign it, or was removed and it lies at or behind every cut. */
export function counts(roster: Roster, event: SignedEvent, type?: string): boolean {
  if (may(roster, event.pubkey, event.kind, type)) return true;
  const key = roster.keys.get(event.pubkey);
  return key?.removed === true && roster.accepted.has(event.id) && rolesMaySign(key.roles, event.kind, type);
}

/** Whether this device gets the rooms' secrets and may read sealed kinds from a relay. */
export function isReader(roster: Roster, pubkey: string): boolean {
  const key = roster.keys.get(pubkey);
  return key !== undefined && !key.removed && key.roles.some((role) => READING_ROLES.includes(role));
}

/** What the roster says a key may do, removed or not; nothing for a key that it does not name. */
export function rolesOf(roster: Roster, pubkey: string): readonly Role[] {
  return roster.keys.get(pubkey)?.roles ?? [];
}

/** Granted keys that are not removed. */
export function liveKeys(roster: Roster): readonly RosterKey[] {
  return [...roster.keys.values()].filter((key) => !key.removed);
}
