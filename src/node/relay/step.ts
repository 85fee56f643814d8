import type { Verified } from '../../log/event.ts';
import { receiveAuth, receiveProof } from './authenticating.ts';
import { idOf, parseFrame } from './frame.ts';
import { liveDevice } from './reading.ts';
import { closeReconciliation, openReconciliation, reconcileFrame } from './reconciling.ts';
import { type Connection, type Input, type Output, type RelayState, send, type Ticket } from './state.ts';
import { request } from './subscribing.ts';
import { confirm, deny, receiveEvent, receiveVerified } from './writing.ts';

/** The whole relay without its sockets, disk and threads: changes `state`, returns what to do. `now` in Unix milliseconds. */
export function step(state: RelayState, input: Input, now: number): readonly Output[] {
  switch (input.type) {
    case 'opened':
      return open(state, input);
    case 'closed':
      state.connections.delete(input.connection);
      return forgetFullBuckets(state, now);
    case 'frame': {
      const connection = state.connections.get(input.connection);
      return connection === undefined ? [] : receiveFrame(state, connection, input.text, now);
    }
    case 'posted': {
      const sender = { id: input.connection, address: input.address, devices: new Set<string>() };
      return receiveEvent(state, sender, input.value, idOf(input.value), now);
    }
    case 'shown':
      return receiveAuth(state, { id: input.connection, address: input.address }, input.value, now, 'proof');
    case 'verified': {
      const ticket = state.tickets.get(input.ticket);
      if (ticket === undefined) return [];
      state.tickets.delete(input.ticket);
      return receiveVerdict(state, ticket, input.verified, now);
    }
    case 'stored':
      return confirm(state, input.results);
    case 'not-stored':
      return deny(state, input.events, input.reason);
  }
}

function receiveVerdict(state: RelayState, ticket: Ticket, verified: Verified, now: number): readonly Output[] {
  switch (ticket.purpose) {
    case 'event':
      return receiveVerified(state, ticket, verified, now);
    case 'auth':
      return receiveProof(state, ticket, verified, now);
    case 'proof': {
      const [isOk, reason] = verified.type === 'ok' ? [true, ''] : [false, `invalid: ${verified.reason}`];
      return [send(ticket.connection, 'OK', ticket.id, isOk, reason)];
    }
  }
}

/** Whether one more connection from this address fits; those of live devices count for the device instead. */
export function mayOpen(state: RelayState, address: string): boolean {
  const held = [...state.connections.values()].filter(
    (one) => one.address === address && liveDevice(one, state.roster) === undefined,
  );
  return held.length < state.limits.connections;
}

function open(state: RelayState, input: Extract<Input, { type: 'opened' }>): readonly Output[] {
  const { connection: id, address, challenge, hosts } = input;
  state.connections.set(id, {
    id,
    address,
    challenge,
    hosts,
    devices: new Set(),
    subscriptions: new Map(),
    reconciliations: new Map(),
  });
  return [send(id, 'AUTH', challenge)];
}

function receiveFrame(state: RelayState, connection: Connection, text: string, now: number): readonly Output[] {
  const frame = parseFrame(text, state.limits);
  switch (frame.type) {
    case 'event':
      return receiveEvent(state, connection, frame.value, frame.id, now);
    case 'auth':
      return receiveAuth(state, connection, frame.value, now);
    case 'request':
      return request(state, connection, frame.name, frame.filters);
    case 'close':
      connection.subscriptions.delete(frame.name);
      return [];
    case 'reconcile-open':
      return openReconciliation(state, connection, frame);
    case 'reconcile':
      return reconcileFrame(connection, frame.name, frame.message);
    case 'reconcile-close':
      return closeReconciliation(connection, frame.name);
    case 'invalid':
      return [send(connection.id, ...frame.answer)];
  }
}

/** A bucket must outlive its connection, or closing would refill it; once it would be full again it says nothing. */
function forgetFullBuckets(state: RelayState, now: number): readonly Output[] {
  const { unknownBurst, unknownRate, deviceBurst, deviceRate } = state.limits;
  const full = 1000 * Math.max(unknownBurst / unknownRate, deviceBurst / deviceRate);
  for (const [owner, bucket] of state.buckets) if (now - bucket.at > full) state.buckets.delete(owner);
  return [];
}
