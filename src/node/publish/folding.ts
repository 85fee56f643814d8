import { isDeepStrictEqual } from 'node:util';
import { dayOf } from '../../model/days.ts';
import { KIND, previousId, type SignedEvent } from '../../model/event.ts';
import { type Folded, type FoldedLog, foldLog, foldPublic } from '../../model/folded.ts';
import type { PublicFold } from '../../model/incidents.ts';
import { publicContentOf } from '../../model/public-event.ts';
import type { Roster } from '../../model/roster.ts';
import type { StatedSite } from '../../model/site.ts';
import { isSameList } from './same-list.ts';

/** What is published is a function of these. */
export interface Moment {
  readonly events: readonly SignedEvent[];
  readonly roster: Roster;
  /** Unix ms. */
  readonly now: number;
}

interface Known {
  readonly events: readonly SignedEvent[];
  readonly roster: Roster;
  readonly day: string;
  readonly log: FoldedLog;
}

/**
 * `foldPublic` for one who folds again and again: what follows from the log is folded anew only when the log, the roster or the
 * day changed, and an incident about which nothing new was said stays the same object, so that nothing need be drawn anew.
 */
export function createFolding(site: StatedSite): (moment: Moment) => Folded {
  let known: Known | undefined;

  function logAt({ events, roster, now }: Moment): FoldedLog {
    const next = { events: events.filter(({ kind }) => kind === KIND.public), roster, day: dayOf(now) };
    if (known !== undefined && isSame(known, next)) {
      known = { ...next, log: known.log };
      return known.log;
    }
    const log = foldLog(events, roster, site, now);
    known = { ...next, log: known === undefined ? log : { ...log, said: settled(known.log.said, log.said) } };
    return known.log;
  }

  return (moment) => foldPublic(moment.events, moment.roster, site, moment.now, logAt(moment));
}

/** Events never change; one that was purged is another object. */
function isSame(known: Omit<Known, 'log'>, next: Omit<Known, 'log'>): boolean {
  if (known.roster !== next.roster || known.day !== next.day) return false;
  const [before, added] = [next.events.slice(0, known.events.length), next.events.slice(known.events.length)];
  return isSameList(known.events, before) && isOwnEcho(added, before);
}

/** A `page` event says nothing that is folded; only where others had named it before it came could it change what overwrites what. */
function isOwnEcho(added: readonly SignedEvent[], before: readonly SignedEvent[]): boolean {
  if (!added.every((event) => publicContentOf(event)?.type === 'page')) return false;
  const ids = new Set(added.map(({ id }) => id));
  return before.every(
    (event) =>
      !ids.has(previousId(event) ?? '') &&
      publicContentOf(event)?.parents.every((parent) => !ids.has(parent)) !== false,
  );
}

function settled(before: PublicFold, after: PublicFold): PublicFold {
  return {
    ...after,
    incidents: kept(before.incidents, after.incidents),
    maintenances: kept(before.maintenances, after.maintenances),
    retracted: {
      incidents: kept(before.retracted.incidents, after.retracted.incidents),
      maintenances: kept(before.retracted.maintenances, after.retracted.maintenances),
    },
  };
}

/** The same list, with the earlier object of each that is equal to it. */
function kept<One extends { readonly code: string }>(before: readonly One[], after: readonly One[]): readonly One[] {
  const earlier = new Map(before.map((one) => [one.code, one]));
  return after.map((one) => {
    const known = earlier.get(one.code);
    return known !== undefined && isDeepStrictEqual(known, one) ? known : one;
  });
}
