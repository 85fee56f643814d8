import { createIndex, type NegentropyIndex, respond } from '../../log/negentropy/negentropy.ts';
import { OPEN_KINDS, REGULAR_KINDS, SEALED_KINDS } from '../../model/kind-sets.ts';
import type { Filter } from './filter.ts';
import { readable, readRefusal } from './reading.ts';
import { type Connection, type Output, type RelayState, send } from './state.ts';

interface Opening {
  readonly name: string;
  readonly filter: Filter;
  readonly message: string;
}

/** NEG-OPEN (NIP-77): from here on this name stands for the ids that the filter selects. */
export function openReconciliation(state: RelayState, connection: Connection, opening: Opening): readonly Output[] {
  const { name, message } = opening;
  const refused = readRefusal(connection, state.roster, opening.filter);
  if (refused !== '') return [send(connection.id, 'NEG-ERR', name, refused)];
  const { reconciliations } = connection;
  if (!reconciliations.has(name) && reconciliations.size >= state.limits.subscriptions) {
    return [send(connection.id, 'NEG-ERR', name, `blocked: at most ${state.limits.subscriptions} at a time`)];
  }
  const filter = readable(connection, state.roster, opening.filter, REGULAR_KINDS);
  reconciliations.set(name, { filter, index: select(state, filter) });
  return reconcileFrame(connection, name, message);
}

export function reconcileFrame(connection: Connection, name: string, message: string): readonly Output[] {
  const held = connection.reconciliations.get(name);
  if (held === undefined) return [send(connection.id, 'NEG-ERR', name, 'closed: open it again with NEG-OPEN')];
  try {
    return [send(connection.id, 'NEG-MSG', name, respond(held.index, message))];
  } catch (error) {
    connection.reconciliations.delete(name);
    const reason = error instanceof Error ? error.message : String(error);
    return [send(connection.id, 'NEG-ERR', name, `invalid: ${reason}`)];
  }
}

export function closeReconciliation(connection: Connection, name: string): readonly Output[] {
  connection.reconciliations.delete(name);
  return [];
}

/** The two usual questions are answered from the standing indexes; any other gets an index of its own. */
export function select(state: RelayState, filter: Filter): NegentropyIndex {
  if (asksExactly(state, filter, OPEN_KINDS)) return state.open;
  if (asksExactly(state, filter, SEALED_KINDS)) return state.sealed;
  const index = createIndex();
  for (const { id, created_at } of state.shelf.idsMatching(filter)) index.insert(created_at, id);
  return index;
}

/** Every event carries the `o` of this relay's one organisation, so asking for it selects all. */
function asksExactly(state: RelayState, filter: Filter, kinds: readonly number[]): boolean {
  const { ids, authors, since, until, limit, tags } = filter;
  if (![ids, authors, since, until, limit].every((part) => part === undefined)) return false;
  if (![...tags].every(([name, wanted]) => name === 'o' && wanted.includes(state.org))) return false;
  return filter.kinds?.length === kinds.length && kinds.every((kind) => filter.kinds?.includes(kind));
}
