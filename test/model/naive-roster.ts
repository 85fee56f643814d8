import type { SignedEvent } from '../../src/model/event.ts';
import { ORG, ROOT } from './events.ts';

/**
 * DESIGN §6 read once more, as plainly and slowly as it can be written, and sharing nothing with src/model/roster.ts: no
 * schema, no cache, no index. Used only to be compared with it.
 */

interface Says {
  readonly gen: number;
  readonly grants?: readonly { pk: string; member: string; roles: readonly string[]; vantage?: string }[];
  readonly removes?: readonly { pk: string; cut: Readonly<Record<string, readonly string[]>> }[];
  readonly invites?: readonly string[];
  readonly set?: Readonly<Record<string, readonly unknown[]>>;
  readonly purges?: readonly string[];
}

interface Statement {
  readonly id: string;
  readonly by: string;
  readonly says: Says;
}

const tagOf = (event: SignedEvent, tag: string) => event.tags.find(([name]) => name === tag)?.[1];
const before = (event: SignedEvent) => event.tags.find(([name, , , mark]) => name === 'e' && mark === 'prev')?.[1];

/** Whether `event` is the event `tip` or stands before it in the same chain. */
function isAtOrBehind(event: SignedEvent, tip: string, events: readonly SignedEvent[]): boolean {
  let here = events.find(({ id }) => id === tip);
  while (here !== undefined && here.pubkey === event.pubkey && tagOf(here, 'd') === tagOf(event, 'd')) {
    if (here.id === event.id) return true;
    const previous = before(here);
    here = events.find(({ id }) => id === previous);
  }
  return false;
}

function adminsBy(statements: readonly Statement[]): readonly string[] {
  const admins = [ROOT];
  // Each round adds at least one admin or is the last, and there are no more admins than statements grant.
  for (let round = 0; round <= statements.length; round++) {
    for (const { by, says } of statements) {
      if (!admins.includes(by)) continue;
      for (const { pk, roles } of says.grants ?? [])
        if (roles.includes('admin') && !admins.includes(pk)) admins.push(pk);
    }
  }
  return admins;
}

const unique = (items: readonly string[]) => [...new Set(items)].sort();

/** Everything that the roster says, with lists in order, so that two of them can be compared. */
export function naiveRoster(events: readonly SignedEvent[]) {
  const all: Statement[] = events
    .filter((event) => event.kind === 3911 && tagOf(event, 'd') === `lb1:${ORG}:roster`)
    .map((event) => ({ id: event.id, by: event.pubkey, says: JSON.parse(event.content) as Says }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  const generation = Math.max(0, ...all.filter(({ by }) => by === ROOT).map(({ says }) => says.gen));
  const statements = all.filter(({ says }) => says.gen === generation);

  // (1) and (2): who was ever an admin, and whom any of those removed.
  const ever = adminsBy(statements);
  const removals = statements
    .filter(({ by }) => ever.includes(by))
    .flatMap(({ says }) => says.removes ?? [])
    .filter(({ pk }) => pk !== ROOT);
  const removed = unique(removals.map(({ pk }) => pk));

  /** Whether the event of a removed key is at or behind every cut that is named for its key and `d`. */
  function isAccepted(event: SignedEvent, roomCuts: readonly { pk: string; d: string; ids: readonly string[] }[]) {
    const d = tagOf(event, 'd') ?? '';
    const inRoster = removals
      .filter(({ pk, cut }) => pk === event.pubkey && (d in cut || d.startsWith(`lb1:${ORG}:`)))
      .map(({ cut }) => cut[d] ?? []);
    const inRoom = roomCuts.filter((cut) => cut.pk === event.pubkey && cut.d === d).map(({ ids }) => ids);
    const cuts = [...inRoster, ...inRoom];
    return cuts.length > 0 && cuts.every((ids) => ids.some((tip) => isAtOrBehind(event, tip, events)));
  }

  // (3): what counts, and so who has which role.
  const mayCount = statements.filter(({ id, by }) => {
    const event = events.find((one) => one.id === id);
    return !removed.includes(by) || (event !== undefined && isAccepted(event, []));
  });
  const admins = adminsBy(mayCount);
  const counted = mayCount.filter(({ by }) => admins.includes(by));
  const grants = counted.flatMap(({ says }) => says.grants ?? []);
  const rolesOf = (pk: string) => unique(grants.filter((one) => one.pk === pk).flatMap(({ roles }) => roles));
  const memberOf = (pk: string) => grants.find((one) => one.pk === pk)?.member;

  // A room's 3912 says where removed keys end in it: living writers first, then those whom these accept, and so on.
  const writesKeys = (pk: string) => rolesOf(pk).some((role) => ['admin', 'commander', 'responder'].includes(role));
  const keyEvents = events
    .filter((event) => event.kind === 3912 && writesKeys(event.pubkey))
    .map((event) => ({ event, said: (JSON.parse(event.content) as { cuts: { pk: string; ids: string[] }[] }).cuts }));
  let roomCuts: { pk: string; d: string; ids: readonly string[] }[] = [];
  for (let distance = 0; distance <= removed.length + 1; distance++) {
    const spoken = roomCuts;
    const isSettled = (pk: string, d: string) =>
      distance > 0 &&
      (spoken.some((cut) => cut.pk === pk && cut.d === d) || removals.some((one) => one.pk === pk && d in one.cut));
    const heard = keyEvents.filter(({ event }) =>
      distance === 0 ? !removed.includes(event.pubkey) : removed.includes(event.pubkey) && isAccepted(event, spoken),
    );
    const fresh = heard.flatMap(({ event, said }) => {
      const d = tagOf(event, 'd') ?? '';
      return said
        .filter(({ pk }) => removed.includes(pk) && pk !== event.pubkey && !isSettled(pk, d))
        .map(({ pk, ids }) => ({ pk, d, ids }));
    });
    roomCuts = [...roomCuts, ...fresh];
  }

  const isRelay = (text: string) => text.startsWith('ws://') || text.startsWith('wss://');
  const isSound = (name: string, [number, value]: readonly unknown[]) =>
    Number(number) <= 1_099_511_627_776 && (name !== 'relays' || (value as readonly string[]).every(isRelay));
  const setting = (name: string) =>
    counted
      .flatMap(({ says }) => (says.set?.[name] === undefined ? [] : [says.set[name]]))
      .filter((one) => isSound(name, one))
      .reduce<readonly unknown[] | undefined>(
        (best, one) => (best === undefined || Number(one[0]) > Number(best[0]) ? one : best),
        undefined,
      );
  const purgers = (id: string) =>
    counted.filter(({ says }) => says.purges?.includes(id)).map(({ by }) => (by === ROOT ? 'root' : `${memberOf(by)}`));
  const purged = unique(counted.flatMap(({ says }) => says.purges ?? [])).filter((id) => {
    const kind = events.find((event) => event.id === id)?.kind;
    return kind !== 3911 && kind !== 3912 && (purgers(id).includes('root') || unique(purgers(id)).length >= 2);
  });
  return {
    generation,
    keys: unique(grants.map(({ pk }) => pk)).map((pk) => ({
      pk,
      member: memberOf(pk),
      roles: rolesOf(pk),
      vantage: grants.find((one) => one.pk === pk && one.vantage !== undefined)?.vantage ?? null,
      removed: removed.includes(pk),
    })),
    removed,
    invites: unique(counted.flatMap(({ says }) => says.invites ?? [])).filter((pk) => !removed.includes(pk)),
    relays: setting('relays') ?? [0, []],
    approvals: setting('approvals')?.slice(0, 2) ?? [0, {}],
    purged,
    accepted: unique(
      events.filter((event) => removed.includes(event.pubkey) && isAccepted(event, roomCuts)).map(({ id }) => id),
    ),
  };
}
