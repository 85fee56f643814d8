import { utf8ToBytes } from '@noble/hashes/utils.js';
import { canonical } from '../../model/canonical.ts';
import { cleaned } from '../../model/clean.ts';
import { type Hlc, nextHlc } from '../../model/clock.ts';
import { chainName, KIND, type SignedEvent } from '../../model/event.ts';
import type { Log } from '../log.ts';
import { MAX_SEALED_BYTES } from './room.ts';
import { canSealTo, seal } from './seal.ts';

/** Resolves when the sealed message is on this device. */
export type BlindWriter = (type: 'alert' | 'mirror', body: unknown) => Promise<SignedEvent>;

/**
 * Seals for a room without being able to read it: what watchers do with `alert` and `mirror`. Relays show the rooms' own
 * 3912 to reading roles alone (DESIGN §7), so a watcher learns `k` from the roster, which is open. Such a message names
 * no parents. Rejects with one sentence where no room is named, or where the named epoch is wrapped to a removed key.
 */
export function createBlindWriter(log: Log, deviceSecret: Uint8Array): BlindWriter {
  let last: Hlc = [0, 0];
  return async (type, body) => {
    const { settings, removed } = log.roster();
    const [room, k, ...wrapped] = settings.alerts;
    if (room === undefined || k === undefined || !canSealTo(k))
      throw new Error('No room takes alerts yet: an admin must run "lifeboat up", or open the bridge, once.');
    if (wrapped.some((pk) => removed.has(pk)))
      throw new Error(
        'The room for alerts has no key without a removed device yet: an admin must say something in it.',
      );
    last = nextHlc(log.platform.now(), [last]);
    const text = canonical({ v: 1, type, hlc: last, parents: [], body: cleaned(body) });
    if (utf8ToBytes(text).length > MAX_SEALED_BYTES)
      throw new Error('This message is longer than 40 kB and was not sent: shorten it.');
    const content = seal(text, { secret: deviceSecret, publicKey: k }, log.platform);
    return log.append({ kind: KIND.sealed, d: chainName.room(room), content, tags: [['k', k]] });
  };
}
