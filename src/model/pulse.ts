import type { IsoTime } from './clock.ts';
import type { ComponentStatus } from './status.ts';

/** What is watched: a component of the page or a vendor that the company leans on. */
export type Subject = `component:${string}` | `vendor:${string}`;

/** What one watcher last saw of one subject, after its hysteresis. */
export interface Observation {
  readonly subject: Subject;
  readonly status: ComponentStatus;
  /** When it was last probed; null if it never could be. */
  readonly checked_at: IsoTime | null;
  /** When `status` last changed; null if not known. */
  readonly changed_at: IsoTime | null;
  /** One plain sentence, e.g. "HTTP 503 after 120 ms"; null when there is nothing to add. Public: no addresses, no secrets. */
  readonly detail: string | null;
}

/**
 * Content of a 33914: a watcher's latest observations and how long they may be believed. Where they are too many for one
 * event there are several, each of which speaks of other subjects.
 */
export interface Pulse {
  readonly v: 1;
  readonly vantage: string;
  readonly at: IsoTime;
  readonly valid_until: IsoTime;
  readonly observations: readonly Observation[];
}
