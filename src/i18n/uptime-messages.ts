import type { DayLevel } from '../model/uptime.ts';

/** Every sentence about uptime in one language. */
export interface UptimeMessages {
  readonly byDay: (component: string) => string;
  readonly share: (percent: string, days: number) => string;
  readonly unknown: string;
  readonly formula: string;
  readonly axis: string;
  readonly key: string;
  readonly level: Readonly<Record<DayLevel, string>>;
  readonly minutesDown: (minutes: number) => string;
}
