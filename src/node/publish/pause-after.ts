const [FIRST_MS, LONGEST_MS] = [1_000, 60_000];

/** How long (ms) to wait after so many failures in a row: 1, 2, 4 … 60 seconds. */
export function pauseAfter(failures: number): number {
  return Math.min(FIRST_MS * 2 ** (failures - 1), LONGEST_MS);
}
