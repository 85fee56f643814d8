import type { HeldCopy } from '../../src/enhance/held-copy.ts';
import { isoTime } from '../../src/model/clock.ts';
import type { PublicState } from '../../src/model/snapshot.ts';
import type { ComponentStatus } from '../../src/model/status.ts';

export const NOW = Date.parse('2026-11-22T03:12:40.000Z');

export interface CopyOf {
  readonly status?: ComponentStatus;
  /** Seconds before `NOW` at which it was signed. */
  readonly age?: number;
  readonly publisher?: string;
  readonly host?: string;
  readonly state?: Partial<PublicState>;
}

/** A verified copy of a page with one component; nothing looks at its signature any more. */
export function copyOf({
  status = 'operational',
  age = 10,
  publisher = 'a',
  host = 'origin',
  state = {},
}: CopyOf = {}): HeldCopy {
  const generated_at = isoTime(NOW - age * 1_000);
  const times = { checked_at: generated_at, changed_at: isoTime(NOW - 3_600_000), valid_until: null };
  const snapshot = {
    v: 1 as const,
    seq: Math.floor((NOW - age * 1_000) / 1_000),
    page: { name: 'Tidewater', url: null, language: 'en', time_zone: 'Etc/UTC' },
    generated_at,
    valid_until: isoTime(NOW - age * 1_000 + 120_000),
    state: {
      groups: [],
      components: [{ id: 'api', name: 'API', description: null, group: null, status, ...times }],
      incidents: [],
      recent: [],
      maintenances: [],
      ...state,
    },
    parts: '',
  };
  const event = {
    id: `${publisher} ${age}`,
    pubkey: publisher,
    created_at: 0,
    kind: 33915,
    tags: [],
    content: '',
    sig: '',
  };
  const source = host === 'origin' ? ('origin' as const) : ('mirror' as const);
  return { root: '', event, snapshot, received_at: isoTime(NOW), source, host };
}
