import { reachable } from './cuts.ts';
import { chainName, KIND, organisation, type SignedEvent, tagValue } from './event.ts';
import { bodyOf, type PublicEvent } from './public-event.ts';
import type { Roster } from './roster.ts';
import type { ApprovalRule } from './roster-settings.ts';

/** Who let a public update count, as history shows it. */
export interface Approval {
  readonly type: 'approved' | 'overridden';
  /** Id of the `approve` or `override`. */
  readonly id: string;
  readonly pubkey: string;
  readonly member: string;
  /** What the clock of its author said. */
  readonly at: string;
  /** Why it could not wait; of an approval mostly empty. */
  readonly reason: string;
}

export interface Approvals {
  /** Ids of the updates that still wait for a second opinion. */
  readonly waiting: ReadonlySet<string>;
  /** By update id, oldest id first; also where no rule asked for one. */
  readonly given: ReadonlyMap<string, readonly Approval[]>;
}

/**
 * Second opinions on updates of incidents and maintenances: an `approve` by another member, or an `override` with a reason, written by the
 * signed times at least the configured wait after the update (the one place where a signed time decides: a wait is
 * nothing else). `counted` are the public events that count, so what a removed key said counts up to its cut.
 *
 * An update keeps the rule that it was written under. The setting names the ends of all public chains when it was made,
 * as a cut does: what lies at or behind them is older, and falls to the rule before. So a stricter rule takes nothing
 * back, a laxer one lets nothing out, nobody can write himself behind an end, and arrival decides nothing.
 */
export function approvalsOf(
  counted: ReadonlyMap<string, PublicEvent>,
  events: Iterable<SignedEvent>,
  roster: Roster,
): Approvals {
  const given = opinionsOf(counted, roster);
  if (roster.approvalRules.length === 0) return { waiting: new Set(), given };
  const ruleOf = ruleFinder(events, roster);
  const waiting = [...counted.values()].filter((event) => {
    const update = bodyOf.incidentUpdate(event) ?? bodyOf.maintenanceUpdate(event);
    const rule = update === undefined ? undefined : ruleOf(event.id);
    if (update === undefined || rule === undefined || (rule.asks[update.impact] ?? 0) === 0) return false;
    const since = Date.parse(event.content.at);
    const suffices = ({ type, at }: Approval) => type === 'approved' || Date.parse(at) - since >= rule.wait * 1000;
    return !(given.get(event.id) ?? []).some(suffices);
  });
  return { waiting: new Set(waiting.map(({ id }) => id)), given };
}

function opinionsOf(
  counted: ReadonlyMap<string, PublicEvent>,
  roster: Roster,
): ReadonlyMap<string, readonly Approval[]> {
  const memberOf = (pubkey: string) => roster.keys.get(pubkey)?.member ?? '';
  const given = new Map<string, Approval[]>();
  for (const event of counted.values()) {
    const approve = bodyOf.approve(event);
    const opinion = approve ?? bodyOf.override(event);
    const update = counted.get(opinion?.event ?? '');
    if (opinion === undefined || update === undefined) continue;
    const { id, pubkey, content } = event;
    const type = approve === undefined ? 'overridden' : 'approved';
    if (type === 'approved' ? memberOf(update.pubkey) === memberOf(pubkey) : opinion.reason === '') continue;
    const approval: Approval = { type, id, pubkey, member: memberOf(pubkey), at: content.at, reason: opinion.reason };
    given.set(update.id, [...(given.get(update.id) ?? []), approval]);
  }
  return new Map([...given].map(([id, all]) => [id, all.toSorted((a, b) => (a.id < b.id ? -1 : 1))]));
}

/** The newest rule that an update is not older than. */
function ruleFinder(events: Iterable<SignedEvent>, roster: Roster): (id: string) => ApprovalRule | undefined {
  const d = chainName.status(organisation(roster.root));
  const isPublic = (event: SignedEvent) => event.kind === KIND.public && tagValue(event, 'd') === d;
  const byId = new Map([...events].filter(isPublic).map((event) => [event.id, event]));
  const rules = roster.approvalRules.map((rule) => ({ rule, older: behind(byId, rule.after) }));
  return (id) => rules.find(({ older }) => !older.has(id))?.rule;
}

/** What lies at or behind the ends, each in its author's own chain. */
function behind(byId: ReadonlyMap<string, SignedEvent>, ends: readonly string[]): ReadonlySet<string> {
  return new Set(
    ends.flatMap((end) => {
      const author = byId.get(end)?.pubkey;
      return [...reachable(byId, [end], ({ pubkey }) => pubkey === author)];
    }),
  );
}
