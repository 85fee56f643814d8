import type { Description, WireRollup, WireStatus } from './wire.ts';

const INDICATOR: Readonly<Record<Description, WireRollup['indicator']>> = {
  'All Systems Operational': 'none',
  'Service Under Maintenance': 'maintenance',
  'Partially Degraded Service': 'minor',
  'Degraded System Service': 'minor',
  'Minor Service Outage': 'minor',
  'Partial System Outage': 'major',
  'Major System Outage': 'critical',
};

/**
 * Statuspage's summary of a page from the statuses of its components (not its groups); incidents do not move it.
 * `says_maintenance`: the indicator may be `maintenance`, which is not in Statuspage's documentation; else it is `none`.
 */
export function rollup(statuses: readonly WireStatus[], says_maintenance: boolean): WireRollup {
  const description = describe(statuses);
  const indicator = INDICATOR[description];
  return { indicator: indicator === 'maintenance' && !says_maintenance ? 'none' : indicator, description };
}

function describe(statuses: readonly WireStatus[]): Description {
  const any = (status: WireStatus) => statuses.includes(status);
  const all = (status: WireStatus) => statuses.every((one) => one === status);
  // Statuspage calls a page without components operational. Nothing is known of it.
  if (statuses.length === 0) return 'Partially Degraded Service';
  if (all('major_outage')) return 'Major System Outage';
  if (any('major_outage') || all('partial_outage')) return 'Partial System Outage';
  if (any('partial_outage')) return 'Minor Service Outage';
  if (all('degraded_performance') && statuses.length > 1) return 'Degraded System Service';
  if (any('degraded_performance')) return 'Partially Degraded Service';
  return any('under_maintenance') ? 'Service Under Maintenance' : 'All Systems Operational';
}
