import { copySevenFields, type Verified } from '../../log/event.ts';
import { type SignedEvent, tagValue } from '../../model/event.ts';
import { spend } from './bucket.ts';
import { idOf } from './frame.ts';
import { type Connection, type Output, type RelayState, send, type Ticket } from './state.ts';

const AUTH_KIND = 22_242;
/** How far two clocks, each a day wrong, may be apart. The challenge shows that the proof is fresh; no clock may lock out. */
const MAX_SKEW_MS = 72 * 60 * 60_000;

/** AUTH (NIP-42), or a proof over HTTP (NIP-98): the signature is checked like any other, and costs the same token. */
export function receiveAuth(
  state: RelayState,
  { id: connection, address }: Pick<Connection, 'id' | 'address'>,
  value: unknown,
  now: number,
  purpose: 'auth' | 'proof' = 'auth',
): readonly Output[] {
  const id = idOf(value);
  const { unknownRate: rate, unknownBurst: burst } = state.limits;
  if (!spend(state.buckets, address, { rate, burst }, now)) {
    return [send(connection, 'OK', id, false, 'rate-limited: too many at once; try again')];
  }
  const event = copySevenFields(value);
  if (typeof event === 'string') return [send(connection, 'OK', id, false, `invalid: ${event}`)];
  const ticket = state.nextTicket++;
  state.tickets.set(ticket, { connection, purpose, id });
  return [{ type: 'verify', ticket, event }];
}

/** The device is who it says if it signed this connection's challenge, for this relay, just now. */
export function receiveProof(state: RelayState, ticket: Ticket, verified: Verified, now: number): readonly Output[] {
  const connection = state.connections.get(ticket.connection);
  if (connection === undefined) return [];
  const refuse = (why: string) => [send(connection.id, 'OK', ticket.id, false, `invalid: ${why}`)];
  if (verified.type === 'invalid') return refuse(verified.reason);
  const { event } = verified;
  const wrong = whatIsWrong(event, connection, now);
  if (wrong !== undefined) return refuse(wrong);
  const others = [...state.connections.values()].filter((other) => other.devices.has(event.pubkey));
  if (others.length >= state.limits.connections) {
    const why = `at most ${state.limits.connections} connections of one device`;
    return [
      send(connection.id, 'OK', event.id, false, `rate-limited: ${why}`),
      { type: 'close', connection: connection.id, reason: why },
    ];
  }
  connection.devices.add(event.pubkey);
  return [send(connection.id, 'OK', event.id, true, '')];
}

function whatIsWrong(event: SignedEvent, connection: Connection, now: number): string | undefined {
  if (event.kind !== AUTH_KIND) return `an AUTH is of kind ${AUTH_KIND}`;
  if (tagValue(event, 'challenge') !== connection.challenge)
    return 'it does not answer the challenge of this connection';
  if (Math.abs(event.created_at * 1000 - now) > MAX_SKEW_MS) return 'its created_at is more than three days off';
  const relay = tagValue(event, 'relay') ?? '';
  if (!URL.canParse(relay) || !connection.hosts.includes(new URL(relay).host)) return 'it was made for another relay';
  return undefined;
}
