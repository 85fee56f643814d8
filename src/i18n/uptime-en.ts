import type { UptimeMessages } from './uptime-messages.ts';

export const uptimeEnglish: UptimeMessages = {
  byDay: (component) => `${component}: uptime by day`,
  share: (percent, days) => `${percent} uptime over ${days} watched ${days === 1 ? 'day' : 'days'}`,
  unknown: 'Not watched in these days',
  formula:
    'Uptime counts whole UTC days of the last 90: 100 % less the downtime, which is the minutes of major outage and 0.3 of the minutes of partial outage, as watched or as declared in incidents, whichever is more. Days that nobody watched are left out.',
  axis: 'Left is the oldest day, right is yesterday. Tap a strip, or use the arrow keys on it, to read a day.',
  key: 'What the strips show',
  level: {
    unwatched: 'Not watched',
    operational: 'Operational',
    degraded_performance: 'Degraded',
    partial_outage: 'Partial outage',
    major_outage: 'Major outage',
  },
  minutesDown: (minutes) => `${minutes} min counted as down`,
};
