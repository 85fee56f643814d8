import { KIND, organisation, type SignedEvent } from '../../model/event.ts';
import { isAddressable } from '../../model/kind-sets.ts';
import { isPulsePlace, PULSE_PARTS_MAX } from '../../model/pulse-place.ts';
import { may, type Roster } from '../../model/roster.ts';

/** Empty when the event may be stored, else the reason with its NIP-01 prefix. */
type Refusal = string;

const FIRST_SECOND = Date.UTC(2020, 0, 1) / 1000;
const LAST_SECOND = Date.UTC(2100, 0, 1) / 1000;
/** Addressable events replace each other by created_at, so a time far ahead would block every later one. */
const MAX_AHEAD_SECONDS = 15 * 60;
const DELETION_KINDS = [5, 62];
const ASIDE = `a pulse lies in one of the ${PULSE_PARTS_MAX} places of its watcher's vantage`;
const KNOWN_KINDS: readonly number[] = Object.values(KIND);

/**
 * The write policy of DESIGN §7: looks at author and event alone, never at who uploads. `follows` tells whether a
 * stored event of the same author names this one as its previous: so a removed key's chain can be refilled from its
 * cut backwards, and nothing can be appended to it.
 */
export function refusal(event: SignedEvent, roster: Roster, now: number, follows: () => boolean): Refusal {
  if (DELETION_KINDS.includes(event.kind)) return 'blocked: events are never deleted here';
  if (!KNOWN_KINDS.includes(event.kind)) return `blocked: events of kind ${event.kind} are not kept here`;
  if (event.created_at < FIRST_SECOND || event.created_at >= LAST_SECOND) {
    return 'invalid: its created_at lies outside the years 2020 to 2100';
  }
  if (isAddressable(event.kind) && event.created_at > now / 1000 + MAX_AHEAD_SECONDS) {
    return 'invalid: its created_at is more than 15 minutes ahead';
  }
  const type = event.kind === KIND.public ? typeOf(event.content) : undefined;
  if (event.kind === KIND.public && type === undefined) return 'invalid: its content names no type';
  if (may(roster, event.pubkey, event.kind, type)) return isAside(event, roster) ? `restricted: ${ASIDE}` : '';
  if (event.kind === KIND.roster && roster.everAdmins.has(event.pubkey)) return '';
  if (roster.cutIds.has(event.id) || follows()) return '';
  return `restricted: ${why(event, roster)}`;
}

/** A pulse that no reader would count: its author could fill a relay with one after the other. */
function isAside(event: SignedEvent, roster: Roster): boolean {
  return event.kind === KIND.pulse && !isPulsePlace(event, roster.keys.get(event.pubkey)?.vantage ?? '');
}

function why({ pubkey, kind }: SignedEvent, roster: Roster): string {
  if (kind === KIND.join) return 'this invite is not in the roster that this relay holds';
  if (roster.removed.has(pubkey)) return 'this device was removed';
  if (roster.keys.has(pubkey) || pubkey === roster.root) return 'the roles of this device do not allow it';
  return `this device is not in the roster of organisation ${organisation(roster.root)}; send the roster first`;
}

/** `type` in the clear content of a 3914. */
function typeOf(content: string): string | undefined {
  try {
    const value: unknown = JSON.parse(content);
    const type = typeof value === 'object' && value !== null && 'type' in value ? value.type : undefined;
    return typeof type === 'string' ? type : undefined;
  } catch {
    // Not JSON: it names no type.
    return undefined;
  }
}
