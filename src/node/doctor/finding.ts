/**
 * `together`: one failure takes several. `wrong`: not as it must be. `stale`: was right once. `untested`: nobody has tried.
 * `limited`: as good as this host can do. `unknown`: could not be found out, which is not the same as fine.
 */
export type Group = 'together' | 'wrong' | 'stale' | 'untested' | 'limited' | 'unknown';

export interface Finding {
  readonly group: Group;
  /** Which rule found it, e.g. `dns` or `certificate-expiry`. */
  readonly rule: string;
  /** The addresses that it is about. */
  readonly about: readonly string[];
  readonly sentence: string;
}

/** These make the answer a no. */
export function isBad({ group }: Finding): boolean {
  return group === 'together' || group === 'wrong' || group === 'stale';
}
