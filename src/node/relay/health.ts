import type { RelayState } from './state.ts';

/** What `GET /healthz` says. It holds no secret, so anybody may ask. */
export interface Health {
  /** False while nothing can be stored: what is held is still served. */
  readonly ok: boolean;
  readonly state: 'ok' | 'degraded';
  readonly org: string;
  /** Regular events. */
  readonly events: number;
  /** Damaged rows that were put aside and are not served. */
  readonly quarantined: number;
  readonly connections: number;
  /** How often the database had to be opened again since the start: a disk that failed, files that were taken away. */
  readonly reopened: number;
  /** `ok`, or the sentence of the last write that failed. */
  readonly storage: string;
}

export function healthOf({ org, open, sealed, connections, shelf, trouble, reopened }: RelayState): Health {
  return {
    ok: trouble === '',
    state: trouble === '' ? 'ok' : 'degraded',
    org,
    events: open.size + sealed.size,
    quarantined: shelf.quarantined,
    connections: connections.size,
    reopened,
    storage: trouble === '' ? 'ok' : trouble,
  };
}
