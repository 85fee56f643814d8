/** A claim lasts at most this long, whatever it says about itself (DESIGN §5, invariant 5). */
export const CLAIM_MAX_MS = 15 * 60_000;
/** What is further ahead of the reader's clock than this is unknown. */
export const AHEAD_MAX_MS = 2 * 60_000;

export type Freshness = 'fresh' | 'ageing' | 'expired';

/** A statement and its own word on how long it may be believed; times in ISO 8601. */
export interface Claim {
  readonly generated_at: string;
  readonly valid_until: string;
}

/** When the claim ends, in Unix ms: the earlier of its own word and 15 minutes; NaN when a time cannot be read. */
export function claimEnd(claim: Claim): number {
  return Math.min(Date.parse(claim.valid_until), Date.parse(claim.generated_at) + CLAIM_MAX_MS);
}

/** True when the claim was made more than two minutes after `now`: one of the two clocks is wrong. */
export function isAhead(generatedAt: string, now: number): boolean {
  return !(Date.parse(generatedAt) <= now + AHEAD_MAX_MS);
}

/** `fresh` in the first half of the claim's life, `ageing` in the second, then `expired`; also when no time can be read. */
export function freshnessOf(claim: Claim, now: number): Freshness {
  const made = Date.parse(claim.generated_at);
  const end = claimEnd(claim);
  if (!(now < end) || isAhead(claim.generated_at, now)) return 'expired';
  return now < made + (end - made) / 2 ? 'fresh' : 'ageing';
}

/** When the claim's freshness changes next, in Unix ms; null when it has expired for good. */
export function nextChange(claim: Claim, now: number): number | null {
  const made = Date.parse(claim.generated_at);
  const end = claimEnd(claim);
  const steps = [made - AHEAD_MAX_MS, made + (end - made) / 2, end].filter((at) => at > now);
  return steps.length === 0 ? null : Math.min(...steps);
}
