import type { SignedEvent } from '../model/event.ts';
import { eventId } from './event.ts';

/** Whether a stored event still has the content that its id names. Checked on every reading: storage can rot. */
export function fits(event: SignedEvent): boolean {
  try {
    return eventId(event) === event.id;
  } catch {
    // A row that is not even shaped like an event fits nothing.
    return false;
  }
}
