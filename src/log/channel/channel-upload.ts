import { KIND } from '../../model/event.ts';
import { LIMIT, WINDOW } from './channel-limits.ts';
import { type Link, type Upload, withSync } from './channel-state.ts';
import { ask, type Turn } from './channel-turn.ts';

/** Puts ids at the end of the queue; a relay that returns empty needs the roster before it takes anything else. */
export function enqueue(link: Link, ids: readonly string[], turn: Turn, place: 'first' | 'last' = 'last'): Link {
  const { queue, inFlight } = link.upload;
  const queued = new Set(queue);
  const fresh = ids.filter((id) => !queued.has(id) && !inFlight.has(id) && !link.refused.has(id));
  const rosters = fresh.filter((id) => isRoster(id, turn));
  const others = fresh.filter((id) => !isRoster(id, turn));
  const next = place === 'first' ? [...rosters, ...others, ...queue] : [...rosters, ...queue, ...others];
  return send(withUpload(link, { queue: next }), turn);
}

/** Fills the window. It is refilled when half empty, so that a long queue is not copied for each answer. */
function send(link: Link, turn: Turn): Link {
  const { queue, inFlight, retryAt } = link.upload;
  // A relay that asked to slow down gets nothing at all until then: more would only be refused too.
  if (link.phase !== 'open' || retryAt !== null || queue.length === 0 || inFlight.size > WINDOW / 2) return link;
  const taken = queue.slice(0, WINDOW - inFlight.size);
  const events = taken.flatMap((id) => turn.held.get(id) ?? []);
  const sent = new Map([...inFlight, ...events.map(({ id }) => [id, turn.now] as const)]);
  const next = withUpload(link, { queue: queue.slice(taken.length), inFlight: sent });
  return events.reduce((state, event) => ask(state, ['EVENT', event], turn), next);
}

/** What the relay said to an event (DESIGN §7, verdict prefixes). */
export function hearVerdict(link: Link, id: string, accepted: boolean, message: string, turn: Turn): Link {
  const inFlight = new Map(link.upload.inFlight);
  if (!inFlight.delete(id)) return link;
  const rest = withUpload(link, { inFlight });
  if (accepted || message.startsWith('duplicate:')) {
    turn.outputs.push({ type: 'stored', ids: [id] });
    const told = accepted && message === '' && isRoster(id, turn) ? sealedDue(rest, turn) : rest;
    const known = told.upload.parked.has(id) ? unparkOne(told, id) : told;
    return send(withUpload(known, { retries: 0 }), turn);
  }
  if (message.startsWith('replaced:')) return send(rest, turn);
  if (message.startsWith('invalid:') || message.startsWith('blocked:')) {
    return send({ ...rest, refused: new Map([...rest.refused, [id, message]]) }, turn);
  }
  if (message.startsWith('auth-required:')) return send(park(rest, id, message), turn);
  if (message.startsWith('restricted:')) return sendRosterFirst(rest, id, message, turn);
  return send(retryLater(rest, [id], turn), turn);
}

/** A relay that has just learned a roster may know this device now: no waiting for the next minute. */
function sealedDue(link: Link, turn: Turn): Link {
  const { sealed } = link.sync;
  return sealed.type === 'refused' ? withSync(link, 'sealed', { ...sealed, nextAt: turn.now }) : link;
}

/** The relay may simply not know the author yet: it gets the roster, then the event again; once for each roster. */
function sendRosterFirst(link: Link, id: string, message: string, turn: Turn): Link {
  const rosters = link.upload.rosterSent ? [] : turn.held.arrived('open').filter((held) => isRoster(held, turn));
  if (rosters.length === 0) return send(park(link, id, message), turn);
  const told = withUpload(link, { rosterSent: true, queue: [id, ...link.upload.queue] });
  return enqueue(told, rosters, turn, 'first');
}

/** Sends again what was refused until now: this device is authenticated, or the roster changed. */
export function unpark(link: Link, turn: Turn): Link {
  return enqueue(withUpload(link, { parked: new Map(), rosterSent: false }), [...link.upload.parked.keys()], turn);
}

/** Moves what was never answered, and what is due again, back into the queue. */
export function resend(link: Link, turn: Turn): Link {
  const lost = [...link.upload.inFlight].filter(([, sentAt]) => sentAt + LIMIT.progress <= turn.now).map(([id]) => id);
  const waiting =
    lost.length === 0
      ? link
      : retryLater(
          withUpload(link, { inFlight: new Map([...link.upload.inFlight].filter(([id]) => !lost.includes(id))) }),
          lost,
          turn,
        );
  const { retryAt, later } = waiting.upload;
  if (retryAt === null || retryAt > turn.now) return waiting;
  return enqueue(withUpload(waiting, { later: [], retryAt: null }), later, turn);
}

export function isUploading(link: Link): boolean {
  const { queue, inFlight, later } = link.upload;
  return queue.length > 0 || inFlight.size > 0 || later.length > 0;
}

/**
 * Whether events are parked that a proof of who this is, or a roster, may free. What is refused by a relay that was sent
 * every roster held here is refused by that roster: a removed device's last words, for instance.
 */
export function isHoldingBack({ upload: { parked, rosterSent } }: Link): boolean {
  return [...parked.values()].some((message) => !(rosterSent && message.startsWith('restricted:')));
}

/** When `resend` has something to do, or null. */
export function uploadDue({ upload }: Link): number | null {
  const [oldest] = upload.inFlight.values();
  const unanswered = oldest === undefined ? null : oldest + LIMIT.progress;
  if (unanswered === null || upload.retryAt === null) return unanswered ?? upload.retryAt;
  return Math.min(unanswered, upload.retryAt);
}

function retryLater(link: Link, ids: readonly string[], turn: Turn): Link {
  const { later, retryAt, retries } = link.upload;
  const wait = Math.min(LIMIT.lastRetry, LIMIT.firstRetry * 2 ** retries) * (0.5 + turn.random() / 2);
  if (retryAt !== null) return withUpload(link, { later: [...later, ...ids] });
  return withUpload(link, { later: [...later, ...ids], retryAt: turn.now + wait, retries: retries + 1 });
}

function park(link: Link, id: string, message: string): Link {
  return withUpload(link, { parked: new Map([...link.upload.parked, [id, message]]) });
}

function unparkOne(link: Link, id: string): Link {
  const parked = new Map(link.upload.parked);
  parked.delete(id);
  return withUpload(link, { parked });
}

function isRoster(id: string, turn: Turn): boolean {
  return turn.held.get(id)?.kind === KIND.roster;
}

function withUpload(link: Link, change: Partial<Upload>): Link {
  return { ...link, upload: { ...link.upload, ...change } };
}
