/** What a figure has to reach. */
export type Floor = { readonly atLeast: number } | { readonly atMost: number };

export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** Absent where a figure only stands beside ours for comparison. */
  readonly floor?: Floor;
}

export interface Measurement {
  /** For `--only`. */
  readonly name: string;
  /** One sentence: what is done, and with what. */
  readonly does: string;
  /** Throws when the work itself went wrong: a figure of wrong work is none. */
  run(say: (sentence: string) => void): Promise<readonly Figure[]>;
}

export function isMet({ value, floor }: Figure): boolean {
  if (floor === undefined) return true;
  return 'atLeast' in floor ? value >= floor.atLeast : value <= floor.atMost;
}

/** The value under which `share` of the sorted samples lie. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
