import { previousId, type SignedEvent } from '../../model/event.ts';
import type { Roster } from '../../model/roster.ts';

/** Links that are kept; the oldest give way. */
const MOST = 200_000;

/** Which event names which as its previous, of all that passed: so a removed key's chain is known back from its cut. */
export class RemovedChains {
  readonly #links = new Map<string, { readonly pubkey: string; readonly previous: string }>();

  note(event: SignedEvent): void {
    const previous = previousId(event);
    if (previous === undefined) return;
    this.#links.set(event.id, { pubkey: event.pubkey, previous });
    const [oldest] = this.#links.keys();
    if (this.#links.size > MOST && oldest !== undefined) this.#links.delete(oldest);
  }

  /** Whether `event` lies behind a cut, by links of its own author. */
  leadsTo({ id, pubkey }: SignedEvent, roster: Roster): boolean {
    for (const cut of roster.cutIds) {
      const walked = new Set<string>();
      for (let at = cut; !walked.has(at); ) {
        if (at === id) return true;
        walked.add(at);
        const link = this.#links.get(at);
        if (link === undefined || link.pubkey !== pubkey) break;
        at = link.previous;
      }
    }
    return false;
  }
}
