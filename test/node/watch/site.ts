import type { Probe, Site } from '../../../src/model/site.ts';

export const EVERY = 1000;

/** A site of one component, the ledger, with these probes. */
export function siteWith(...probes: readonly Probe[]): Site {
  const ledger = { id: 'ledger', name: 'Ledger', description: null, group: null, probes };
  return {
    name: 'Demo',
    url: null,
    language: 'en',
    time_zone: 'Etc/UTC',
    groups: [],
    components: [ledger],
    vendors: [],
    valid_for_ms: 60_000,
    publish_every_ms: 5000,
    quorum: 1,
    relays: [],
    mirrors: [],
    api: { maintenance_indicator: false },
  };
}

export const tcp = (port: number): Probe => ({
  kind: 'tcp',
  host: '127.0.0.1',
  port,
  every_ms: EVERY,
  deadline_ms: 250,
});
