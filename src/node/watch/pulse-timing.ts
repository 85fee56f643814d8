import { CLAIM_MAX_MS } from '../../model/freshness.ts';
import type { Site } from '../../model/site.ts';
import { watchedOf } from './subjects.ts';

/** How often a pulse is sent when nothing changes, and how long each may be believed; milliseconds. */
export interface PulseTiming {
  readonly every_ms: number;
  readonly valid_ms: number;
}

/**
 * As often as the quickest probe, within 5 to 60 seconds. It is valid for three of these intervals, and for three of the
 * publisher's: or the page would say Unknown between two snapshots.
 */
export function pulseTiming(site: Site): PulseTiming {
  const intervals = watchedOf(site).flatMap(({ probes }) => probes.map((probe) => probe.every_ms));
  const every_ms = Math.min(Math.max(Math.min(...intervals, 60_000), 5000), 60_000);
  return { every_ms, valid_ms: Math.min(3 * Math.max(every_ms, site.publish_every_ms), CLAIM_MAX_MS) };
}
