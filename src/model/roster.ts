import { createCuts } from './cuts.ts';
import { chainName, KIND, organisation, type SignedEvent } from './event.ts';
import { isPurgeable, isStub, purgedIds, statedStubs } from './purge.ts';
import { READING_ROLES, type Role, rolesMaySign } from './roles.ts';
import { addRoomCuts } from './room-cuts.ts';
import { chosenSettings, type Settings } from './roster-settings.ts';
import type { Stated } from './roster-statement.ts';
import { currentStatements, leastFixpoint, statementsOf } from './statements.ts';

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
  /** Ids whose content is dropped: asked for by the root or by two members who are admins. */
  readonly purged: ReadonlySet<string>;
  /** What the roster itself says of purged events, for copies that never held them. */
  readonly stubs: readonly SignedEvent[];
  /** Ids of removed keys' events that count: at or behind every cut. */
  readonly accepted: ReadonlySet<string>;
  /** `<key> <d>` of removed keys' chains that some cut has ended, perhaps before their first event. */
  readonly ended: ReadonlySet<string>;
  /** Ids that a cut names, held or not: a relay takes them, and then what they follow by `prev`. */
  readonly cutIds: ReadonlySet<string>;
  /** SHA-256 of the spare root key, from the root's first statement; null where it named none. */
  readonly next: string | null;
}

const NOBODY: ReadonlySet<string> = new Set();

/**
 * Folds the held events (only 3911, and 3912 for their cuts, are looked at) into the roster. Pure, order does not matter.
 * `disbelieved` is for the root alone, which may begin anew as if these keys had removed nobody and set nothing.
 */
export function foldRoster(events: Iterable<SignedEvent>, root: string, disbelieved = NOBODY): Roster {
  const held = [...events];
  const stated = currentStatements(statementsOf(held, root), root);
  const { admins: everAdmins } = leastFixpoint(stated, root, () => true);
  const removals = stated
    .filter(({ event }) => everAdmins.has(event.pubkey) && !disbelieved.has(event.pubkey))
    .flatMap(({ says }) => says.removes)
    .filter(({ pk }) => pk !== root);
  const removed = new Set(removals.map(({ pk }) => pk));
  const cuts = createCuts();
  const org = organisation(root);
  for (const { pk, cut } of removals) {
    for (const d of new Set([chainName.roster(org), chainName.status(org), ...Object.keys(cut)])) {
      cuts.add(pk, d, cut[d] ?? []);
    }
  }
  const byId = new Map(held.filter((event) => removed.has(event.pubkey)).map((event) => [event.id, event]));
  // Statements are never purged, so what counts of them does not hang on what a purge has left.
  const accepted = cuts.behind(byId);
  const { counted } = leastFixpoint(stated, root, (event) => !removed.has(event.pubkey) || accepted.has(event.id));
  const keys = grantedKeys(counted, removed);
  const voter = ({ pubkey }: SignedEvent) => (pubkey === root ? root : `member ${keys.get(pubkey)?.member}`);
  const purged = new Set(purgedIds(counted, root, voter));
  for (const event of held) if (!isPurgeable(event)) purged.delete(event.id);
  // A stub that some copy kept of a purge that no longer counts is no way through a chain: other copies have none.
  for (const event of byId.values()) if (isStub(event) && !purged.has(event.id)) byId.delete(event.id);
  const stubs = statedStubs(counted, root, voter).filter(({ id }) => purged.has(id));
  for (const stub of stubs) if (removed.has(stub.pubkey) && !byId.has(stub.id)) byId.set(stub.id, stub);
  const maySign = (pubkey: string) => rolesMaySign(keys.get(pubkey)?.roles ?? [], KIND.key);
  addRoomCuts(held, { removed, cuts, maySign, accepted: () => cuts.behind(byId) });
  return {
    root,
    generation: stated[0]?.says.gen ?? 0,
    keys,
    everAdmins,
    removed,
    invites: new Set(counted.flatMap(({ says }) => says.invites).filter((pk) => !removed.has(pk))),
    ...chosenSettings(counted.filter(({ event }) => !disbelieved.has(event.pubkey))),
    purged,
    stubs,
    accepted: cuts.behind(byId),
    ended: cuts.chains(),
    cutIds: cuts.ids(),
    next: counted.find(({ event, says }) => event.pubkey === root && says.next !== undefined)?.says.next ?? null,
  };
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
