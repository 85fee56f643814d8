import type { SignedEvent } from '../../model/event.ts';
import { ADDRESSABLE_KINDS, REGULAR_KINDS, SEALED_KINDS } from '../../model/kind-sets.ts';
import { type Filter, matches } from './filter.ts';
import { mayReceive, readable, readRefusal, readsSealed } from './reading.ts';
import { type Connection, type Output, type RelayState, send } from './state.ts';

const ALL_KINDS = [...REGULAR_KINDS, ...ADDRESSABLE_KINDS];

/** REQ: what is stored, newest first, EOSE, and from then on what comes in. */
export function request(
  state: RelayState,
  connection: Connection,
  name: string,
  asked: readonly Filter[],
): readonly Output[] {
  const closed = (why: string) => [send(connection.id, 'CLOSED', name, why)];
  const refused = asked.map((filter) => readRefusal(connection, state.roster, filter)).find((why) => why !== '');
  if (refused !== undefined) return closed(refused);
  const { subscriptions } = connection;
  if (!subscriptions.has(name) && subscriptions.size >= state.limits.subscriptions) {
    return closed(`rate-limited: at most ${state.limits.subscriptions} subscriptions on one connection`);
  }
  const filters = asked.map((filter) => readable(connection, state.roster, filter, ALL_KINDS));
  const outputs: Output[] = [];
  const sent = new Set<string>();
  let bytes = 0;
  for (const filter of filters) {
    for (const { id, json } of state.shelf.find(filter, state.limits.answerEvents)) {
      if (sent.has(id)) continue;
      sent.add(id);
      bytes += json.length;
      if (bytes > state.limits.answer) return closed('error: too much for one answer; ask with until, ids or NIP-77');
      outputs.push({ type: 'send', connection: connection.id, text: eventFrame(name, json) });
    }
  }
  subscriptions.set(name, filters);
  outputs.push(send(connection.id, 'EOSE', name));
  return outputs;
}

/** A stored event to everybody who asked for it and may see it. */
export function broadcast(state: RelayState, event: SignedEvent): readonly Output[] {
  const json = JSON.stringify(event);
  const outputs: Output[] = [];
  for (const connection of state.connections.values()) {
    if (connection.subscriptions.size === 0 || !mayReceive(connection, state.roster, event)) continue;
    for (const [name, filters] of connection.subscriptions) {
      if (!filters.some((filter) => matches(filter, event))) continue;
      outputs.push({ type: 'send', connection: connection.id, text: eventFrame(name, json) });
    }
  }
  return outputs;
}

/** After a roster change: who may no longer read sealed kinds is told so. */
export function withdrawSealed(state: RelayState): readonly Output[] {
  const outputs: Output[] = [];
  const why = 'restricted: this device no longer reads kinds 3912 and 3913';
  const asksSealed = ({ kinds = [] }: Filter) => kinds.some((kind) => SEALED_KINDS.includes(kind));
  for (const connection of state.connections.values()) {
    if (readsSealed(connection, state.roster)) continue;
    for (const [name, filters] of connection.subscriptions) {
      if (!filters.some(asksSealed)) continue;
      connection.subscriptions.delete(name);
      outputs.push(send(connection.id, 'CLOSED', name, why));
    }
    for (const [name, { filter }] of connection.reconciliations) {
      if (!asksSealed(filter)) continue;
      connection.reconciliations.delete(name);
      outputs.push(send(connection.id, 'NEG-ERR', name, why));
    }
  }
  return outputs;
}

function eventFrame(name: string, json: string): string {
  return `["EVENT",${JSON.stringify(name)},${json}]`;
}
