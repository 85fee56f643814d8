import type { Verified } from '../../src/log/event.ts';
import type { SignedEvent } from '../../src/model/event.ts';

/** Defects that are planted at the seams, to see that the simulator finds them. */
export const PLANTED = [
  'relay acknowledges before it commits',
  'device says saved before it is',
  'two tabs allocate the same place',
  'duplicates are looked for before signatures',
  'receipts are noted when an event is sent',
  'events that a relay refused are dropped',
] as const;

export type Planted = (typeof PLANTED)[number];

type Verify = (value: unknown, org?: string) => Verified;

/** Trusts an id that was seen before, whatever stands beside it. */
export function deduplicatingFirst(verify: Verify): Verify {
  const seen = new Map<string, SignedEvent>();
  return (value, org) => {
    const event = value as SignedEvent | null;
    const id = event?.id ?? '';
    const known = seen.get(id);
    if (known !== undefined) return { type: 'ok', event: known };
    // The first copy to come takes the id, altered or not.
    const verified = verify(value, org);
    if (typeof event === 'object' && event !== null && typeof event.id === 'string') {
      if (verified.type === 'ok') seen.set(id, verified.event);
    }
    return verified;
  };
}
