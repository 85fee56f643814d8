import type { SignedEvent } from '../../model/event.ts';
import { SEALED_KINDS } from '../../model/kind-sets.ts';
import { isReader, type Roster } from '../../model/roster.ts';
import type { Filter } from './filter.ts';
import type { Connection } from './state.ts';

/** Who reads: the devices that proved themselves, on a connection or with one request. */
export type Reader = Pick<Connection, 'devices'>;

/** Whether a device on this connection is a live reader now; asked anew each time, for rosters change. */
export function readsSealed(connection: Reader, roster: Roster): boolean {
  return [...connection.devices].some((device) => isReader(roster, device));
}

/** The first device on this connection that the roster knows and has not removed: it has limits of its own. */
export function liveDevice(connection: Reader, roster: Roster): string | undefined {
  return [...connection.devices].find((device) => roster.keys.get(device)?.removed === false);
}

export function mayReceive(connection: Connection, roster: Roster, event: SignedEvent): boolean {
  return !SEALED_KINDS.includes(event.kind) || readsSealed(connection, roster);
}

/** Why this filter may not be read (with its prefix), or empty. One filter never mixes open and sealed kinds. */
export function readRefusal(connection: Reader, roster: Roster, filter: Filter): string {
  const sealed = filter.kinds?.filter((kind) => SEALED_KINDS.includes(kind)) ?? [];
  if (sealed.length === 0 || filter.kinds === undefined) return '';
  if (connection.devices.size === 0) return 'auth-required: kinds 3912 and 3913 are for members of the organisation';
  if (!readsSealed(connection, roster)) return 'restricted: this device has no role that reads kinds 3912 and 3913';
  if (sealed.length < filter.kinds.length) return 'restricted: ask for open and sealed kinds in filters of their own';
  return '';
}

/** A filter without kinds asks for what this connection may read. */
export function readable(connection: Reader, roster: Roster, filter: Filter, kinds: readonly number[]): Filter {
  if (filter.kinds !== undefined || readsSealed(connection, roster)) return filter;
  return { ...filter, kinds: kinds.filter((kind) => !SEALED_KINDS.includes(kind)) };
}
