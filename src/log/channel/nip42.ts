import type { SignedEvent } from '../../model/event.ts';
import { type Signer, signer } from '../event.ts';

const CLIENT_AUTH = 22_242;

/** The answer to a relay's challenge (NIP-42). `now` in Unix milliseconds. */
export function authEvent(
  relay: string,
  challenge: string,
  now: number,
  secretKey: Uint8Array,
  { signEvent }: Signer = signer,
): SignedEvent {
  const tags = [
    ['relay', relay],
    ['challenge', challenge],
  ];
  return signEvent({ kind: CLIENT_AUTH, created_at: Math.floor(now / 1000), tags, content: '' }, secretKey);
}
