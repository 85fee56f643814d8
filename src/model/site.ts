/** The operator's site.yaml after checking; times in milliseconds. */
export interface Site {
  readonly name: string;
  readonly url: string | null;
  /** BCP 47: en, pt-BR or es. */
  readonly language: string;
  readonly time_zone: string;
  readonly groups: readonly { readonly id: string; readonly name: string }[];
  readonly components: readonly SiteComponent[];
  readonly vendors: readonly SiteVendor[];
  /** How long a snapshot may be believed, at most 15 minutes. */
  readonly valid_for_ms: number;
  /** How often the publisher signs again when nothing changes. */
  readonly publish_every_ms: number;
  /** Fresh vantages that must agree before a public status changes; capped at the number of live watchers. */
  readonly quorum: number;
  /** WebSocket addresses of relays that readers and members use. */
  readonly relays: readonly string[];
  /** https origins that carry a copy of the site. */
  readonly mirrors: readonly string[];
  readonly api: SiteApi;
  /** Who is told of what is published; absent where nobody is. */
  readonly notify?: SiteNotify;
}

export interface SiteNotify {
  /** Addresses that get every update and every change of a component; they stay the operator's. */
  readonly webhooks: readonly string[];
  readonly push: SitePush | null;
}

/** Web push: what a reader's browser must know, and whom its push service may ask. */
export interface SitePush {
  /** Where `lifeboat notify` takes subscriptions. */
  readonly address: string;
  /** Public half of push.key (VAPID), base64url. */
  readonly key: string;
  /** mailto: or https: of the operator; for push services. */
  readonly contact: string;
}

export interface SiteApi {
  /** Whether /api/v2 may say the indicator `maintenance`, which strict clients of Statuspage refuse; else it says `none`. */
  readonly maintenance_indicator: boolean;
}

export interface SiteComponent {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  readonly group: string | null;
  readonly probes: readonly Probe[];
}

/** What of site.yaml decides the public state; published with the evidence, so that anybody can fold the state again. */
export interface StatedSite {
  readonly groups: readonly { readonly id: string; readonly name: string }[];
  readonly components: readonly StatedComponent[];
  readonly quorum: number;
}

export interface StatedComponent extends Omit<SiteComponent, 'probes'> {
  /** A watcher asks it; where, stays the operator's. */
  readonly probed: boolean;
}

export function statedSite({ groups, components, quorum }: Site): StatedSite {
  return {
    groups,
    components: components.map(({ probes, ...rest }) => ({ ...rest, probed: probes.length > 0 })),
    quorum,
  };
}

/** A supplier whose fall changes how the company works; the two lifelines decide the bridge's fallback mode. */
export interface SiteVendor {
  readonly id: string;
  readonly name: string;
  readonly lifeline: 'chat' | 'observability' | null;
  readonly probes: readonly Probe[];
}

interface ProbeTiming {
  readonly every_ms: number;
  readonly deadline_ms: number;
}

export interface HttpProbe extends ProbeTiming {
  readonly kind: 'http';
  readonly url: string;
  readonly method: 'GET' | 'HEAD';
  /** Accepted status codes; empty: any 2xx. */
  readonly statuses: readonly number[];
  /** Slower than this is degraded_performance; null: no limit but the deadline. */
  readonly slow_ms: number | null;
  /** Text that the body must contain. */
  readonly body: string | null;
  /** Value that must stand at a path such as `status.indicator` in a JSON body. */
  readonly json: { readonly path: string; readonly equals: string | number | boolean | null } | null;
}

export interface TcpProbe extends ProbeTiming {
  readonly kind: 'tcp';
  readonly host: string;
  readonly port: number;
}

/** Down when the certificate is invalid, degraded when fewer than `days` are left. */
export interface TlsProbe extends ProbeTiming {
  readonly kind: 'tls';
  readonly host: string;
  readonly port: number;
  readonly days: number;
}

export interface DnsProbe extends ProbeTiming {
  readonly kind: 'dns';
  readonly name: string;
  readonly type: 'A' | 'AAAA' | 'CNAME' | 'MX' | 'NS' | 'TXT';
  /** A value that must be among the answers; null: any answer will do. */
  readonly expect: string | null;
}

export type Probe = HttpProbe | TcpProbe | TlsProbe | DnsProbe;
