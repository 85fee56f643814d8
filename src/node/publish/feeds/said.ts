import type { PublicFold } from '../../../model/incidents.ts';
import type { PublicRecord } from '../../../model/public-record.ts';

/** Everything that was ever said, what was taken back too: nothing that was public disappears from a feed. */
export function allTold({ incidents, maintenances, retracted }: PublicFold): readonly PublicRecord[] {
  return [...incidents, ...maintenances, ...retracted.incidents, ...retracted.maintenances];
}
