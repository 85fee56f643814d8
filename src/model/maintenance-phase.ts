import type { PublicMaintenance } from './snapshot.ts';
import { isOpenMaintenance, isRunningMaintenance } from './status.ts';

/**
 * Where a maintenance stands against its own plan. `late`: it was due to start; `passed`: it was due to be over, and nobody ever
 * said that it began; `overrun`: it was due to end.
 */
export type MaintenancePhase = 'ahead' | 'late' | 'passed' | 'running' | 'overrun' | 'ended';

/** Judged by what its authors confirmed; the clock alone never starts or ends one. `now` in Unix ms. */
export function phaseOf(
  { status, scheduled_for, scheduled_until }: Pick<PublicMaintenance, 'status' | 'scheduled_for' | 'scheduled_until'>,
  now: number,
): MaintenancePhase {
  if (!isOpenMaintenance(status)) return 'ended';
  if (isRunningMaintenance(status)) return now > Date.parse(scheduled_until) ? 'overrun' : 'running';
  if (now > Date.parse(scheduled_until)) return 'passed';
  return now > Date.parse(scheduled_for) ? 'late' : 'ahead';
}
