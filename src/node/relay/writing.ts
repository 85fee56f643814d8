import { copySevenFields, type Verified } from '../../log/event.ts';
import { previousId, type SignedEvent } from '../../model/event.ts';
import { isPurgeable } from '../../model/purge.ts';
import { spend } from './bucket.ts';
import { refusal } from './policy.ts';
import { liveDevice } from './reading.ts';
import { closesGap, foldStored, shapesRoster } from './relay-roster.ts';
import type { Outcome } from './shelf.ts';
import { type Connection, forget, indexEvent, type Output, type RelayState, send, type Ticket } from './state.ts';
import { broadcast, withdrawSealed } from './subscribing.ts';

/** Takes an EVENT in: first the limits, which cost nothing, then the signature, which somebody else checks. */
export function receiveEvent(
  state: RelayState,
  sender: Pick<Connection, 'id' | 'address' | 'devices'>,
  value: unknown,
  id: string,
  now: number,
): readonly Output[] {
  const { unknownRate, unknownBurst, deviceRate, deviceBurst } = state.limits;
  const device = liveDevice(sender, state.roster);
  const size =
    device === undefined ? { rate: unknownRate, burst: unknownBurst } : { rate: deviceRate, burst: deviceBurst };
  if (!spend(state.buckets, device ?? sender.address, size, now)) {
    return [send(sender.id, 'OK', id, false, `rate-limited: at most ${size.rate} events a second; try again`)];
  }
  if (state.tickets.size >= state.limits.verifying) {
    return [send(sender.id, 'OK', id, false, 'rate-limited: this relay is busy; try again')];
  }
  const event = copySevenFields(value);
  if (typeof event === 'string') return [send(sender.id, 'OK', id, false, `invalid: ${event}`)];
  const ticket = state.nextTicket++;
  state.tickets.set(ticket, { connection: sender.id, purpose: 'event', id });
  return [{ type: 'verify', ticket, event, org: state.org }];
}

/** Only now, after the signature, is the id worth anything: duplicates are looked for here and not before. */
export function receiveVerified(state: RelayState, ticket: Ticket, verified: Verified, now: number): readonly Output[] {
  const refuse = (message: string) => [send(ticket.connection, 'OK', ticket.id, false, message)];
  if (verified.type === 'invalid') return refuse(`invalid: ${verified.reason}`);
  const { event } = verified;
  const storing = state.storing.get(event.id);
  if (storing !== undefined) {
    storing.waiting.push(ticket.connection);
    return [];
  }
  if (isPurgeable(event) && state.roster.purged.has(event.id))
    return refuse('blocked: purged, its content is kept nowhere');
  if (state.shelf.has(event.id))
    return [send(ticket.connection, 'OK', event.id, true, 'duplicate: it is stored already')];
  const message = refusal(event, state.roster, now, () => isFollowed(state, event));
  if (message === '') return [accept(state, event, [ticket.connection])];
  if (state.roster.removed.has(event.pubkey)) state.orphans.add(event);
  return refuse(message);
}

/** A roster counts from here on, before the commit, so that what follows it in the same batch is judged by it. */
function accept(state: RelayState, event: SignedEvent, waiting: number[]): Output {
  state.storing.set(event.id, { event, waiting });
  if (shapesRoster(event)) {
    state.rosterEvents.set(event.id, event);
    state.roster = foldStored(state);
  }
  return { type: 'store', event };
}

/** After the commit: OK to who waited, the event to who listens. */
export function confirm(
  state: RelayState,
  results: readonly { readonly event: SignedEvent; readonly outcome: Outcome }[],
): readonly Output[] {
  const outputs: Output[] = [];
  state.trouble = '';
  let rosterChanged = false;
  for (const { event, outcome } of results) {
    if (outcome === 'stored') {
      indexEvent(state, event);
      const joins = !shapesRoster(event) && closesGap(state, event);
      if (joins) state.roster = foldStored(state);
      rosterChanged ||= joins || shapesRoster(event);
    }
    for (const connection of state.storing.get(event.id)?.waiting ?? []) {
      outputs.push(answer(connection, event.id, outcome));
    }
    state.storing.delete(event.id);
    if (outcome !== 'stored') continue;
    outputs.push(...broadcast(state, event));
    outputs.push(...state.orphans.before(event).map((orphan) => accept(state, orphan, [])));
  }
  if (rosterChanged) {
    outputs.push(...withdrawSealed(state));
    forget(state, state.shelf.purge(state.roster.purged));
    outputs.push(
      ...state.roster.stubs.flatMap((stub) => state.orphans.before(stub)).map((orphan) => accept(state, orphan, [])),
    );
    outputs.push(...state.orphans.inCuts(state.roster).map((orphan) => accept(state, orphan, [])));
  }
  return outputs;
}

/** The commit failed: nobody gets an OK, and a roster that is not on disk does not count. */
export function deny(state: RelayState, events: readonly SignedEvent[], reason: string): readonly Output[] {
  const outputs: Output[] = [];
  state.trouble = reason;
  for (const event of events) {
    for (const connection of state.storing.get(event.id)?.waiting ?? []) {
      outputs.push(send(connection, 'OK', event.id, false, `error: it could not be stored: ${reason}`));
    }
    state.storing.delete(event.id);
    state.rosterEvents.delete(event.id);
  }
  state.roster = foldStored(state);
  return outputs;
}

function answer(connection: number, id: string, outcome: Outcome): Output {
  switch (outcome) {
    case 'stored':
      return send(connection, 'OK', id, true, '');
    case 'duplicate':
      return send(connection, 'OK', id, true, 'duplicate: it is stored already');
    case 'replaced':
      return send(connection, 'OK', id, false, 'replaced: a newer one is stored');
  }
}

function isFollowed(state: RelayState, event: SignedEvent): boolean {
  for (const { event: other } of state.storing.values()) {
    if (other.pubkey === event.pubkey && previousId(other) === event.id) return true;
  }
  const isBefore = (stub: SignedEvent) => stub.pubkey === event.pubkey && previousId(stub) === event.id;
  return state.roster.stubs.some(isBefore) || state.shelf.follows(event);
}
