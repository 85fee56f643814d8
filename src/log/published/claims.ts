import type { PublicState } from '../../model/snapshot.ts';
import { statedClaims } from '../../model/state.ts';
import { sha256, text } from './texts.ts';

/** The hash that a `page` event carries: of what is claimed, without the times that move at every probe. */
export function claimsHash(state: PublicState): string {
  return sha256(text(statedClaims(state)));
}
