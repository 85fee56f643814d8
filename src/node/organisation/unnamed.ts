import { PlainError } from '../plain-error.ts';

/** What ends a publisher or watcher of whose key the roster says nothing: nobody would believe what it signs. */
export function unnamed(role: 'publisher' | 'watcher', key: string | null): PlainError {
  return new PlainError(
    `The roster names no ${role} with the key ${key}: bring the roster to the relays with "lifeboat sync" where an admin is, or make another key with "lifeboat enrol --new ${role}".`,
    1,
  );
}
