import { previousId, type SignedEvent } from '../../model/event.ts';
import type { Roster } from '../../model/roster.ts';

const MOST = 2_000;

/**
 * Events of removed keys that came before what proves them (a later event of their chain, or the cut). They were
 * refused, and wait here in case the proof comes: so a log can be refilled in any order. The oldest give way.
 */
export class Orphans {
  readonly #waiting = new Map<string, SignedEvent>();

  add(event: SignedEvent): void {
    this.#waiting.set(event.id, event);
    const [oldest] = this.#waiting.keys();
    if (this.#waiting.size > MOST && oldest !== undefined) this.#waiting.delete(oldest);
  }

  /** Takes out what `stored` proves: the event that it names as its previous. */
  before(stored: SignedEvent): readonly SignedEvent[] {
    const previous = this.#waiting.get(previousId(stored) ?? '');
    if (previous === undefined || previous.pubkey !== stored.pubkey) return [];
    this.#waiting.delete(previous.id);
    return [previous];
  }

  /** Takes out what a new roster's cuts name. */
  inCuts(roster: Roster): readonly SignedEvent[] {
    const named = [...this.#waiting.values()].filter((event) => roster.cutIds.has(event.id));
    for (const { id } of named) this.#waiting.delete(id);
    return named;
  }
}
