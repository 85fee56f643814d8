import type { ComponentStatus, Impact, IncidentStatus } from '../model/status.ts';
import type { Source, Trouble } from '../model/view.ts';

/** Every sentence of the public page in one language. Arguments are ready to print. */
export interface Messages {
  /** For `Intl`: the language with the habits of writing that its readers expect. */
  readonly locale: string;
  readonly skip: string;
  readonly navigation: string;
  readonly statusPage: string;
  readonly history: string;
  readonly component: Readonly<Record<ComponentStatus, string>>;
  readonly incident: Readonly<Record<IncidentStatus, string>>;
  readonly impact: Readonly<Record<Impact, string>>;
  readonly headline: Readonly<Record<ComponentStatus, string>>;
  readonly lastConfirmed: (status: string, when: string) => string;
  readonly ahead: string;
  readonly componentsUnknown: string;
  readonly components: string;
  readonly status: string;
  readonly openIncidents: string;
  readonly recentIncidents: string;
  readonly noRecent: string;
  readonly historyIntro: string;
  readonly affected: string;
  readonly conflict: string;
  readonly started: string;
  readonly resolvedAt: string;
  readonly updates: string;
  readonly allUpdates: string;
  readonly checked: string;
  readonly changed: string;
  readonly received: string;
  readonly neverChecked: string;
  readonly justNow: string;
  readonly source: Readonly<Record<Source, (host: string) => string>>;
  readonly signedAt: string;
  readonly verified: string;
  readonly notYetVerified: string;
  readonly trouble: Readonly<Record<Trouble, string>>;
  readonly skew: (minutes: number) => string;
  readonly leftOut: (components: number, incidents: number) => string;
  readonly plain: (until: string) => string;
  readonly publicLog: string;
  readonly signedCopy: string;
  readonly runsOn: string;
  readonly opening: string;
  readonly openingDetail: string;
  readonly nothingHeld: string;
  readonly openPlain: string;
  readonly absent: (when: string) => string;
  readonly offline: string;
  readonly offlineDetail: string;
  readonly missing: string;
  readonly missingDetail: string;
  readonly backToStatus: string;
}
