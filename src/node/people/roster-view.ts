import type { Log } from '../../log/log.ts';
import type { Role } from '../../model/roles.ts';
import type { Roster, RosterKey } from '../../model/roster.ts';
import { currentStatements, statementsOf } from '../../model/statements.ts';
import { terminalLine } from './terminal-text.ts';

interface DeviceView {
  readonly pk: string;
  readonly roles: readonly Role[];
  readonly vantage: string | null;
  readonly removed: boolean;
  /** Keys that signed a grant or a removal of it. */
  readonly granted_by: readonly string[];
  readonly removed_by: readonly string[];
  /** Per chain, the last ids that every removal accepts. */
  readonly cut: Readonly<Record<string, readonly string[]>>;
}

interface MemberView {
  readonly member: string;
  readonly name: string | null;
  readonly devices: readonly DeviceView[];
}

/** What `lifeboat roster --json` prints. */
export interface RosterView {
  readonly root: string;
  readonly generation: number;
  readonly this_device: string | null;
  readonly members: readonly MemberView[];
  readonly invites: readonly string[];
  readonly settings: Roster['settings'];
  readonly purged: readonly string[];
}

/** The roster as people read it: by member, with who let whom in. */
export function rosterView(log: Log, names: ReadonlyMap<string, string>): RosterView {
  const roster = log.roster();
  const stated = statementsBy(log);
  const device = ({ pk, roles, vantage, removed }: RosterKey): DeviceView => {
    const grants = stated.filter(({ says }) => says.grants.some((grant) => grant.pk === pk));
    const removals = stated.filter(({ says }) => says.removes.some((remove) => remove.pk === pk));
    const cuts = removals.flatMap(({ says }) => says.removes.filter((remove) => remove.pk === pk));
    return {
      pk,
      roles,
      vantage,
      removed,
      granted_by: [...new Set(grants.map(({ by }) => by))],
      removed_by: [...new Set(removals.map(({ by }) => by))],
      cut: Object.assign({}, ...cuts.map(({ cut }) => cut)) as DeviceView['cut'],
    };
  };
  const members = Map.groupBy(roster.keys.values(), ({ member }) => member);
  return {
    root: roster.root,
    generation: roster.generation,
    this_device: log.pubkey,
    members: [...members].map(([member, keys]) => ({
      member,
      name: names.get(member) ?? null,
      devices: keys.map(device),
    })),
    invites: [...roster.invites].sort(),
    settings: roster.settings,
    purged: [...roster.purged].sort(),
  };
}

function statementsBy(log: Log) {
  const { root, everAdmins } = log.roster();
  return currentStatements(statementsOf(log.events(), root), root)
    .filter(({ event }) => event.pubkey === root || everAdmins.has(event.pubkey))
    .map(({ event, says }) => ({ by: event.pubkey === root ? 'root' : event.pubkey, says }));
}

/** For a person, one device a line. */
export function rosterWords(view: RosterView): string {
  const short = (pk: string) => pk.slice(0, 8);
  const devices = view.members.flatMap(({ member, name, devices: all }) =>
    all.map(({ pk, roles, vantage, removed, granted_by: by }) => {
      const what = [roles.join(', '), ...(vantage === null ? [] : [`vantage ${vantage}`])].join(' · ');
      const state = removed ? 'REMOVED · ' : '';
      const own = pk === view.this_device ? ' · this device' : '';
      const who = name === null ? `member ${short(member)}` : `${terminalLine(name)} (${short(member)})`;
      return `  ${pk}  ${who} · ${state}${what} · granted by ${by.map((key) => (key === 'root' ? 'the root' : short(key))).join(', ')}${own}`;
    }),
  );
  const { relays, mirrors, approvals } = view.settings;
  const asks = Object.entries(approvals).filter(([, number]) => number > 0);
  return [
    `Root ${view.root}, generation ${view.generation}`,
    ...devices,
    `Relays: ${relays.join(', ') || 'none'}`,
    `Mirrors: ${mirrors.join(', ') || 'none'}`,
    `Second opinion needed for: ${asks.map(([impact]) => impact).join(', ') || 'nothing'}`,
    `Open invites: ${view.invites.length}; purged events: ${view.purged.length}`,
    '',
  ].join('\n');
}
