import type { IsoTime } from './clock.ts';
import { isOpenMaintenance, type MaintenanceStatus } from './status.ts';

// What a person may newly say in public. Only who writes asks here: what is signed stays valid and is folded and shown as it is.

/** As long as any one line of site.yaml, and as much of a title as a push message carries; in UTF-16 units. */
export const NAME_MAX_LENGTH = 200;
const [FIRST_YEAR, LAST_YEAR] = [2000, 2100];

// Spaces, controls, what is there to be ignored when it is drawn, and the blank of Braille.
const INVISIBLE = /^[\s\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]*$/u;
const BREAKS_THE_LINE = /[\p{Cc}\u2028\u2029]/u;
// Embeddings, overrides and isolates (UAX #9): what stands around a name would be read in another order.
const TURNS_THE_LINE = /[\u202a-\u202e\u2066-\u2069]/u;

/** Whether nobody would see anything of it. */
export function isBlank(text: string): boolean {
  return INVISIBLE.test(text);
}

/** What keeps a text from being the name of something public, or null. */
export function nameFault(name: string): 'blank' | 'lines' | 'long' | null {
  if (isBlank(name)) return 'blank';
  if (BREAKS_THE_LINE.test(name) || TURNS_THE_LINE.test(name)) return 'lines';
  return name.length > NAME_MAX_LENGTH ? 'long' : null;
}

/** Whether a time can be meant: another year is a slip of the hand, and past 9999 it has another form. */
export function isLikely(time: IsoTime): boolean {
  const year = new Date(time).getUTCFullYear();
  return year >= FIRST_YEAR && year <= LAST_YEAR;
}

/** Whether a maintenance may be said to be `next`: one that is over stays as it ended. */
export function mayFollow(before: MaintenanceStatus, next: MaintenanceStatus): boolean {
  return isOpenMaintenance(before) || next === before;
}
