import type { SignedEvent } from '../../model/event.ts';
import { isStub } from '../../model/purge.ts';
import { eventId } from '../event.ts';

/** Whether a stored event still has the content that its id names (a purged one has none). Checked on every reading: storage can rot. */
export function fits(event: SignedEvent): boolean {
  try {
    return isStub(event) || eventId(event) === event.id;
  } catch {
    // A row that is not even shaped like an event fits nothing.
    return false;
  }
}
