import { COMPONENT_STATUSES, type ComponentStatus } from './status.ts';

/** What one run of a probe found; `at` in milliseconds, `detail` one plain sentence or null. */
export interface ProbeResult {
  readonly status: ComponentStatus;
  readonly at: number;
  readonly detail: string | null;
}

/** What is said of a probe after its last results; times in milliseconds. */
export interface Health {
  readonly status: ComponentStatus;
  /** When `status` began to be said; null before the first result. */
  readonly changed: number | null;
  /** The newest result that bears `status` out. A failing check does not renew a green claim. */
  readonly checked: number | null;
  readonly detail: string | null;
  /** The last result, where it differs from `status` and waits to be confirmed. */
  readonly doubt: ProbeResult | null;
  /** When it last went back to operational. */
  readonly recovered: number | null;
}

const FLAPPING = 'It comes and goes; waiting until it stays up.';

export const UNTRIED: Health = {
  status: 'unknown',
  changed: null,
  checked: null,
  detail: null,
  doubt: null,
  recovered: null,
};

/**
 * The health after one more result. The first result counts at once; after it, a change needs two results in a row that differ
 * from what is said, and takes the worse of the two. Worse is never held back; better is, for `window` milliseconds after the last
 * return to operational, so that what flaps is shown as down and the page does not flicker.
 */
export function settle(health: Health, result: ProbeResult, window: number): Health {
  if (health.checked === null) return { ...UNTRIED, ...said(result), changed: result.at };
  if (result.status === health.status) return { ...health, ...said(result), doubt: null };
  if (health.doubt === null) return { ...health, doubt: result };
  const next = rank(health.doubt.status) > rank(result.status) ? health.doubt : result;
  const better = rank(next.status) < rank(health.status);
  const flaps = health.recovered !== null && Math.abs(result.at - health.recovered) < window;
  if (better && flaps) return { ...health, checked: result.at, detail: FLAPPING, doubt: result };
  return {
    ...said(next),
    checked: result.at,
    changed: result.at,
    doubt: null,
    recovered: next.status === 'operational' ? result.at : health.recovered,
  };
}

function said(result: ProbeResult): Pick<Health, 'status' | 'checked' | 'detail'> {
  return { status: result.status, checked: result.at, detail: result.detail };
}

function rank(status: ComponentStatus): number {
  return COMPONENT_STATUSES.indexOf(status);
}
