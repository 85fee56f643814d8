// Loaded after the first round: what a page that stays open hears of the places that a healthy origin leaves in peace.
import { type CurrentCopy, disowned } from './current-copy.ts';
import type { HeldCopy } from './held-copy.ts';
import { hearOthers, type Suspicion } from './others.ts';
import type { Asking } from './refresh.ts';
import { renewTrust } from './trust.ts';

/** How often the other places are heard: now and then; soon again on a suspicion; more often while it stands. */
const OTHERS_MS = 5 * 60_000;
const SUSPICION_MS = 10_000;
const DISAGREEMENT_MS = 60_000;

/** The page that hears. */
export interface Hearing {
  question(): Asking;
  current(): CurrentCopy;
  take(copy: HeldCopy, offset: number | null): boolean;
  change(next: CurrentCopy): void;
}

/** Hears the other places when it is called and the time has come: who was removed, and who says something else. */
export function hearing({ question, current, take, change }: Hearing): () => Promise<void> {
  let suspicion: Suspicion | null = null;
  // By the time that has passed, not by the device's clock, which may be set back.
  let hearAt = 0;

  async function hearAll(): Promise<void> {
    const { copy, source, offset } = current();
    if (copy === null || source === 'device') return;
    const voices = await hearOthers(question(), copy, suspicion);
    suspicion = voices.suspicion;
    if (voices.newer !== null) take(voices.newer, offset);
    change({ ...current(), disagreement: voices.disagreement });
    if (suspicion !== null)
      hearAt = performance.now() + (voices.disagreement === null ? SUSPICION_MS : DISAGREEMENT_MS);
  }

  /** A removed publisher's copy goes, and the newest of one that is believed takes its place. */
  async function hearRemovals(): Promise<void> {
    const asking = question();
    const instead = await renewTrust(asking, () => current().copy, asking.now());
    if (instead !== undefined) change(disowned(current(), instead));
  }

  return async () => {
    if (performance.now() < hearAt) return;
    hearAt = performance.now() + OTHERS_MS;
    await hearRemovals();
    await hearAll();
  };
}
