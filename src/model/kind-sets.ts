import { KIND } from './event.ts';

/** Regular kinds that anybody may read. Never in one filter with `SEALED_KINDS`. */
export const OPEN_KINDS: readonly number[] = [KIND.join, KIND.roster, KIND.public];
/** Regular kinds that a relay serves only after NIP-42. */
export const SEALED_KINDS: readonly number[] = [KIND.key, KIND.sealed];
export const REGULAR_KINDS: readonly number[] = [...OPEN_KINDS, ...SEALED_KINDS];
export const ADDRESSABLE_KINDS: readonly number[] = [KIND.pulse, KIND.snapshot];

export function isAddressable(kind: number): boolean {
  return ADDRESSABLE_KINDS.includes(kind);
}
