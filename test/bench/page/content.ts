/**
 * The content that every measured page shows: 12 components in 3 groups, one open incident with 4 updates, 8 resolved ones
 * within 90 days and 90 days of history. The figures of other products (README.md) were measured with the same.
 */
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

export const NAME = 'Harbor Cloud Status';
export const GROUPS: readonly { readonly id: string; readonly name: string; readonly components: readonly string[] }[] =
  [
    {
      id: 'core',
      name: 'Core Platform',
      components: ['Web App', 'REST API', 'Authentication', 'Database Cluster'],
    },
    {
      id: 'messaging',
      name: 'Messaging',
      components: ['Email Delivery', 'Webhooks', 'Push Notifications', 'SMS Gateway'],
    },
    { id: 'infra', name: 'Infrastructure', components: ['CDN', 'Object Storage', 'DNS', 'Background Jobs'] },
  ];

export interface PastIncident {
  readonly code: string;
  /** Days ago, and for how many minutes. */
  readonly days: number;
  readonly minutes: number;
  readonly component: string;
  readonly name: string;
  readonly text: string;
}

const past = (
  code: string,
  days: number,
  minutes: number,
  component: string,
  name: string,
  text: string,
): PastIncident => ({ code, days, minutes, component, name, text });

export const PAST: readonly PastIncident[] = [
  past(
    'past00000001',
    84,
    150,
    'Push Notifications',
    'Push notifications not delivered on iOS',
    'An expired push certificate was renewed.',
  ),
  past(
    'past00000002',
    71,
    38,
    'Background Jobs',
    'Background jobs queue backlog',
    'A stuck worker held a lock; the lock was released and the queue drained.',
  ),
  past('past00000003', 58, 12, 'DNS', 'Intermittent DNS timeouts', 'One resolver was removed from the anycast pool.'),
  past(
    'past00000004',
    47,
    61,
    'Object Storage',
    'Slow uploads to object storage',
    'A failed switch in one rack was replaced.',
  ),
  past(
    'past00000005',
    34,
    27,
    'Authentication',
    'Log-in failures for SSO users',
    'A rotated signing certificate was not picked up by one region. Restarting the service resolved it.',
  ),
  past(
    'past00000006',
    21,
    95,
    'Database Cluster',
    'Read replica lag',
    'Two replicas fell behind during a schema change. Reads were moved and the replicas rebuilt.',
  ),
  past(
    'past00000007',
    13,
    18,
    'CDN',
    'CDN cache misses in South America',
    'A misconfigured edge rule was rolled back and hit rates are back to normal.',
  ),
  past(
    'past00000008',
    6,
    42,
    'Email Delivery',
    'Delayed email delivery',
    'A spam filter update at an upstream provider slowed outgoing email. Deliveries have caught up.',
  ),
];

export const OPEN = {
  code: 'open00000001',
  name: 'Elevated error rates on the REST API and webhooks',
  components: ['REST API', 'Webhooks'],
  updates: [
    {
      hours: 3,
      status: 'investigating',
      text: 'We are investigating reports of elevated HTTP 5xx responses on the REST API. Webhook deliveries are delayed as a consequence.',
    },
    {
      hours: 2.4,
      status: 'identified',
      text: 'The cause is a connection pool exhausted after a failover of the primary database node in eu-west. We are draining the affected pool.',
    },
    {
      hours: 1.5,
      status: 'identified',
      text: 'Error rates are down from 18% to 4%. Queued webhooks are being retried; no events are lost. Dashboard log-ins are not affected.',
    },
    {
      hours: 0.5,
      status: 'monitoring',
      text: 'A fix is rolled out to two of three regions. We keep watching error rates while the webhook backlog of about 41,000 events drains.',
    },
  ],
} as const;

export const hoursAgo = (hours: number, now: number) => now - hours * HOUR;
export const minutes = (count: number) => count * MINUTE;

export function idOf(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]+/g, '-');
}
