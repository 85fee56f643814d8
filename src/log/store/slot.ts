import { chainPosition, type SignedEvent, tagValue } from '../../model/event.ts';
import { isAddressable } from '../../model/kind-sets.ts';

/** Where an addressable event lives: one place per kind, author and `d`. Undefined for regular kinds. */
export function slotOf(event: SignedEvent): string | undefined {
  return isAddressable(event.kind) ? `${event.kind}:${event.pubkey}:${tagValue(event, 'd') ?? ''}` : undefined;
}

/** Whether `event` takes the place of `held` in its slot: newer, or as new with the lower id (NIP-01). */
export function replaces(event: SignedEvent, held: SignedEvent): boolean {
  return event.created_at > held.created_at || (event.created_at === held.created_at && event.id < held.id);
}

/** A regular event's place in its author's chain; undefined for addressable events and for those without `s`. */
export function chainPlace(event: SignedEvent): readonly [pubkey: string, d: string, s: number] | undefined {
  const s = chainPosition(event);
  return s === undefined || isAddressable(event.kind) ? undefined : [event.pubkey, tagValue(event, 'd') ?? '', s];
}
