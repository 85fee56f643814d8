import { freshnessOf, isAhead } from '../model/freshness.ts';
import type { Disagreement, Source, Trouble } from '../model/view.ts';
import type { HeldCopy } from './held-copy.ts';

/** What an open page knows of the copies there are: which one it shows, where that was last read, and what is wrong. */
export interface CurrentCopy {
  readonly copy: HeldCopy | null;
  /** `device` until a place has given the copy in this visit, and again when none does any more. */
  readonly source: Source;
  readonly trouble: Trouble | null;
  /** The device's clock against a host's, in ms; null until one said the time. */
  readonly offset: number | null;
  /** A whole round of asking is over. */
  readonly asked: boolean;
  readonly disagreement: Disagreement | null;
}

export const NO_COPY: CurrentCopy = {
  copy: null,
  source: 'device',
  trouble: null,
  offset: null,
  asked: false,
  disagreement: null,
};

/** A copy of the device was opened; one that a place has given already stays. */
export function opened(current: CurrentCopy, copy: HeldCopy | null): CurrentCopy {
  return current.copy === null ? { ...current, copy } : current;
}

/**
 * A verified copy came. From the future it is shown only where nothing better is: what is held and still good is worth more.
 * `now`: the later of the device's clock and the host's, in Unix ms, or a clock that is behind would keep what is over.
 */
export function found(current: CurrentCopy, copy: HeldCopy, now: number): CurrentCopy {
  const isLive = current.copy !== null && freshnessOf(current.copy.snapshot, now) !== 'expired';
  if (isLive && isAhead(copy.snapshot.generated_at, now)) return current;
  return { ...current, copy, source: copy.source, trouble: null };
}

/** A round is over. Where it confirmed no copy, what is shown is the device's own again, and `trouble` says why. */
export function ended(
  current: CurrentCopy,
  round: { readonly confirmed: boolean; readonly trouble: Trouble | null; readonly offset: number | null },
): CurrentCopy {
  return {
    ...current,
    asked: true,
    offset: round.offset ?? current.offset,
    trouble: round.confirmed ? null : round.trouble,
    source: round.confirmed ? current.source : 'device',
  };
}

/** The publisher of the copy is no longer one: nothing that it signed counts any more. */
export function disowned(current: CurrentCopy, instead: HeldCopy | null): CurrentCopy {
  return { ...current, copy: instead, source: 'device', trouble: current.trouble ?? 'invalid', disagreement: null };
}
