import type { Log } from '../../log/log.ts';
import { text } from '../../log/published/texts.ts';
import { isoTime } from '../../model/clock.ts';
import { chainName, KIND, type SignedEvent } from '../../model/event.ts';
import { CLAIM_MAX_MS } from '../../model/freshness.ts';
import { parseSnapshot } from '../../model/parse-snapshot.ts';
import type { Site } from '../../model/site.ts';
import type { PublicState, Snapshot } from '../../model/snapshot.ts';
import { publicPage } from './facts-block.ts';

/** The own snapshot that is held, so that a restart goes on from its number. */
export function lastOwnSnapshot(log: Log): Snapshot | null {
  const event = log.events().find(({ kind, pubkey }) => kind === KIND.snapshot && pubkey === log.pubkey);
  return event === undefined ? null : parseSnapshot(event.content);
}

/** A snapshot before its parts are known: they say what it says. */
export type Claims = Omit<Snapshot, 'parts'>;

/** The next claims: numbered higher than the last own ones and never behind the clock. */
export function nextClaims(site: Site, state: PublicState, lastSeq: number, now: number): Claims {
  return {
    v: 1,
    seq: Math.max(lastSeq + 1, Math.floor(now / 1000)),
    page: publicPage(site),
    generated_at: isoTime(now),
    valid_until: isoTime(now + Math.min(site.valid_for_ms, CLAIM_MAX_MS)),
    state,
  };
}

export function announceSnapshot(log: Log, snapshot: Snapshot): Promise<SignedEvent> {
  return log.announce({ kind: KIND.snapshot, d: chainName.snapshot(log.org), content: text(snapshot) });
}
