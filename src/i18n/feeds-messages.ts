/** What feeds, calendar and badge say besides the authors' own words and what the page says too. Arguments are ready to print. */
export interface FeedsMessages {
  /** The headline where nothing is known: it stands alone, so it says of what. */
  readonly unknown: string;
  readonly updates: string;
  readonly correction: string;
  readonly retraction: string;
  readonly corrected: string;
  readonly retracted: (reason: string) => string;
  /** Of an incident or a maintenance that stands all the same. */
  readonly overruled: (reason: string) => string;
  /** Of a maintenance whose planned time is over. */
  readonly neverBegun: string;
  readonly planned: (from: string, until: string) => string;
  readonly asOf: (when: string) => string;
  readonly validUntil: (when: string) => string;
}
