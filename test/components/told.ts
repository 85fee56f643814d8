import type { PublicIncident, PublicMaintenance } from '../../src/model/snapshot.ts';
import type { Impact } from '../../src/model/status.ts';
import type { Reader } from '../../src/model/view.ts';
import { NOW } from '../enhance/copies.ts';

const at = new Date(NOW - 60_000).toISOString();

/** A reader at her site, whom nothing troubles. */
export const calm: Reader = {
  now: NOW,
  ticking: true,
  timeZone: 'Etc/UTC',
  copy: { source: 'origin', host: 'status.example', received_at: null, verified: true },
  trouble: null,
  skew: null,
};

/** An open incident, a minute old. */
export function open(code: string, name: string, impact: Impact = 'minor'): PublicIncident {
  return {
    ...{ code, name, impact, status: 'identified', components: [], updates: [], conflict: false },
    ...{ started_at: at, updated_at: at, resolved_at: null },
  };
}

/** A maintenance of an hour that has begun a minute ago. */
export function begun(code: string, name: string): PublicMaintenance {
  return {
    ...{ code, name, impact: 'maintenance', status: 'in_progress', components: [], updates: [], conflict: false },
    ...{ scheduled_for: at, scheduled_until: new Date(NOW + 3_540_000).toISOString(), created_at: at },
    ...{ updated_at: at, started_at: at, ended_at: null },
  };
}
