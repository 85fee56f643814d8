import { chainName } from '../../model/event.ts';
import { foldRoster } from '../../model/roster.ts';
import type { Log } from '../log.ts';
import { canSealTo } from '../rooms/seal.ts';
import { tipsOf } from './chain-tips.ts';
import { type Says, stubWords } from './roster-writer.ts';

/** Keys, and purges, in one statement: so it stays below 64 KiB. */
const PER_STATEMENT = 40;

/**
 * All that counts today, for the root's next generation: one statement after the other. `but` are keys that the root no
 * longer believes: they are restated as removed, what they last wrote counts if it counts today, whom they alone have
 * removed is back, with all that he wrote, and the settings are those that the others chose, numbered from 1 again. Whom
 * they let in stays, where `but` does not name him too. No removed key is restated as an admin, for then it could still
 * sign removals; a commander may write all else that an admin may. What is granted and is no key, is granted no more.
 */
export function restated(log: Log, but: readonly string[] = []): readonly Says[] {
  const roster = foldRoster(log.events(), log.root, new Set(but));
  const removed = new Set([...roster.removed, ...but]);
  const cutOf = (pk: string) =>
    Object.fromEntries(
      [chainName.roster(log.org), chainName.status(log.org)].map((d) => [d, [...tipsOf(log.events(), roster, pk, d)]]),
    );
  const granted = [...roster.keys.values()].filter(({ pk }) => canSealTo(pk));
  const grants = granted.map(({ pk, member, roles, vantage }) => ({
    pk,
    member,
    roles: removed.has(pk) ? roles.map((role) => (role === 'admin' ? 'commander' : role)) : [...roles],
    ...(vantage === null ? {} : { vantage }),
  }));
  const { relays, mirrors, vault, alerts } = roster.settings;
  const set = {
    relays: [1, [...relays]],
    mirrors: [1, [...mirrors]],
    vault: [1, [...vault]],
    alerts: [1, [...alerts]],
  } satisfies Says['set'];
  const once = { set, ...(roster.next === null ? {} : { next: roster.next }) };
  const all = {
    grants,
    removes: [...removed].map((pk) => ({ pk, cut: cutOf(pk) })),
    invites: [...roster.invites],
    purges: [...roster.purged],
    stubs: roster.stubs.map(stubWords),
  };
  const longest = Math.max(...Object.values(all).map((list) => list.length));
  const lists = Array.from({ length: Math.ceil(longest / PER_STATEMENT) }, (_, n): Says => {
    const part = <Item>(list: readonly Item[]) => list.slice(n * PER_STATEMENT, (n + 1) * PER_STATEMENT);
    return {
      ...(n === 0 ? once : {}),
      grants: part(all.grants),
      removes: part(all.removes),
      invites: part(all.invites),
      purges: part(all.purges),
      stubs: part(all.stubs),
    };
  });
  // Each rule on approvals keeps its own number, so that every update keeps the rule that it was written under.
  const rules = roster.approvalRules.toReversed().map(({ asks, after, wait }, n): Says => {
    return { set: { approvals: [n + 1, asks, { after: [...after], wait }] } };
  });
  return [...lists, ...rules];
}
