import type { PublicMaintenance } from './snapshot.ts';
import { isOpenMaintenance, isRunningMaintenance } from './status.ts';

/** Where a maintenance stands against its own plan. `late` and `overrun`: its time is past, and nobody has said a word. */
export type MaintenancePhase = 'ahead' | 'late' | 'running' | 'overrun' | 'ended';

/** Judged by what its authors confirmed; the clock alone never starts or ends one. `now` in Unix ms. */
export function phaseOf(
  { status, scheduled_for, scheduled_until }: Pick<PublicMaintenance, 'status' | 'scheduled_for' | 'scheduled_until'>,
  now: number,
): MaintenancePhase {
  if (!isOpenMaintenance(status)) return 'ended';
  if (isRunningMaintenance(status)) return now > Date.parse(scheduled_until) ? 'overrun' : 'running';
  return now > Date.parse(scheduled_for) ? 'late' : 'ahead';
}
