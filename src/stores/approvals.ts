import { computed } from 'nanostores';
import type { Log } from '../log/log.ts';
import { approveUpdate, overrideUpdate, setApprovals } from '../log/people/approving.ts';
import type { Approval } from '../model/approvals.ts';
import { type Statement, statementOf } from '../model/correction.ts';
import { KIND } from '../model/event.ts';
import { type PublicEvent, publicEvents } from '../model/public-event.ts';
import { liveKeys, may, type Roster } from '../model/roster.ts';
import { IMPACTS, type Impact } from '../model/status.ts';
import { $roster } from './claims.ts';
import { $device } from './device.ts';
import { $events, $log } from './log.ts';
import { $public } from './public.ts';

/** What a commander waits where no rule was ever made. */
const DEFAULT_WAIT_S = 600;

/** Where an update stands that the roster asks a second opinion for, or that somebody gave one on. */
export interface SecondOpinion {
  readonly waits: boolean;
  readonly mine: boolean;
  readonly mayApprove: boolean;
  /** Unix milliseconds from which this device may override; null where its role never lets it. */
  readonly mayOverrideAt: number | null;
  readonly given: readonly Approval[];
}

/** What people said in public and the roster lets count, by event id. */
export const $publicEvents = computed(
  [$events, $roster],
  (events, roster): ReadonlyMap<string, PublicEvent> => (roster === null ? new Map() : publicEvents(events, roster)),
);

/** By the id of the update: those that wait, and those that somebody approved or overrode. */
export const $opinions = computed(
  [$publicEvents, $public, $roster, $device],
  (events, fold, roster, device): ReadonlyMap<string, SecondOpinion> => {
    if (roster === null || fold === null) return new Map();
    const own = device?.pubkey ?? '';
    const member = (pubkey: string) => roster.keys.get(pubkey)?.member;
    const approves = may(roster, own, KIND.public, 'approve');
    const overrides = may(roster, own, KIND.public, 'override');
    return new Map(
      [...new Set([...fold.waiting, ...fold.approvals.keys()])].flatMap((id): [string, SecondOpinion][] => {
        const event = events.get(id);
        if (event === undefined) return [];
        const waits = fold.waiting.has(id);
        const mine = member(event.pubkey) === member(own);
        const mayOverrideAt = overrides ? Date.parse(event.content.at) + waitOf(roster) * 1000 : null;
        const given = fold.approvals.get(id) ?? [];
        return [[id, { waits, mine, mayApprove: waits && !mine && approves, mayOverrideAt, given }]];
      }),
    );
  },
);

/** An update that the public does not see yet: all of what it would see, and who wrote it. */
export interface WaitingUpdate {
  readonly id: string;
  readonly statement: Statement;
  /** The author's member id; null where the roster names none. */
  readonly member: string | null;
  readonly opinion: SecondOpinion;
}

/** Everything that waits for a second opinion, oldest first. */
export const $waitingUpdates = computed(
  [$opinions, $publicEvents, $roster],
  (opinions, events, roster): readonly WaitingUpdate[] =>
    [...events.values()].flatMap((event) => {
      const opinion = opinions.get(event.id);
      const statement = statementOf(event);
      if (opinion?.waits !== true || statement === undefined) return [];
      const member = roster?.keys.get(event.pubkey)?.member ?? null;
      return [{ id: event.id, member, statement, opinion }];
    }),
);

/** How many of them this device could answer now. */
export const $answerable = computed(
  $waitingUpdates,
  (updates) => updates.filter(({ opinion }) => opinion.mayApprove).length,
);

/** Says yes to somebody else's update; resolves once that is on this device. Rejects with one sentence. */
export async function approve(update: string): Promise<void> {
  await approveUpdate(openedLog(), update);
}

/** Publishes an update without a second opinion, once the wait is over. Rejects with one sentence. */
export async function override(update: string, reason: string): Promise<void> {
  await overrideUpdate(openedLog(), update, reason);
}

/** Asks a second opinion for these impacts from now on, which a commander may do without after `waitMinutes`. Rejects with one sentence. */
export async function askApprovals(impacts: readonly Impact[], waitMinutes: number): Promise<void> {
  const asks = Object.fromEntries(IMPACTS.map((impact) => [impact, impacts.includes(impact) ? 1 : 0] as const));
  await setApprovals(openedLog(), asks, waitMinutes * 60);
}

/** Impacts whose updates need a second opinion, and whether anybody is there to give it. */
export const $approvalRule = computed([$roster, $device], (roster, device) => {
  const asks = roster?.settings.approvals ?? {};
  const own = roster?.keys.get(device?.pubkey ?? '')?.member;
  const others =
    roster === null
      ? []
      : liveKeys(roster).filter(({ pk, member }) => member !== own && may(roster, pk, KIND.public, 'approve'));
  return {
    asks,
    waitMinutes: Math.ceil((roster === null ? DEFAULT_WAIT_S : waitOf(roster)) / 60),
    alone: others.length === 0,
  };
});

/** Whole minutes until `at`, by this device's clock; 0 once it is there. */
export function minutesUntil(at: number, now: number): number {
  return Math.max(0, Math.ceil((at - now) / 60_000));
}

function waitOf(roster: Roster): number {
  return roster.approvalRules[0]?.wait ?? DEFAULT_WAIT_S;
}

function openedLog(): Log {
  const log = $log.get();
  if (log === null) throw new Error('The log of this device is not open yet.');
  return log;
}
