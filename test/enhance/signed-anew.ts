import { signEvent } from '../../src/log/event.ts';
import { canonical, type Json } from '../../src/model/canonical.ts';
import { isoTime } from '../../src/model/clock.ts';
import { KIND, type SignedEvent } from '../../src/model/event.ts';
import type { Snapshot } from '../../src/model/snapshot.ts';
import type { ComponentStatus } from '../../src/model/status.ts';

/** The snapshot in `text`, with another status of the cards, signed by `secret` so many ms later. */
export function signedAnew(text: string, secret: Uint8Array, later: number, cards: ComponentStatus): string {
  const { content: said, tags } = JSON.parse(text) as SignedEvent;
  const claim = JSON.parse(said) as Snapshot;
  const made = Date.parse(claim.generated_at) + later;
  const valid_until = isoTime(Date.parse(claim.valid_until) + later);
  const components = claim.state.components.map((one) => (one.id === 'cards' ? { ...one, status: cards } : one));
  const next = {
    ...claim,
    seq: claim.seq + Math.floor(later / 1_000),
    ...{ generated_at: isoTime(made), valid_until },
    state: { ...claim.state, components },
  };
  const content = canonical(next as unknown as Json);
  return JSON.stringify(
    signEvent({ kind: KIND.snapshot, created_at: Math.floor(made / 1_000), tags, content }, secret),
  );
}
