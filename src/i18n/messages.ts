import type { Language } from '../model/language.ts';
import type { ComponentStatus, Impact, IncidentStatus, MaintenanceStatus } from '../model/status.ts';
import type { Source } from '../model/view.ts';

/** Every sentence of the public page in one language. Arguments are ready to print. */
export interface Messages {
  /** For `Intl`: the language with the habits of writing that its readers expect. */
  readonly locale: string;
  readonly language: Language;
  readonly languages: string;
  readonly skip: string;
  readonly navigation: string;
  readonly statusPage: string;
  readonly history: string;
  readonly subscribe: string;
  readonly verify: string;
  readonly component: Readonly<Record<ComponentStatus, string>>;
  readonly incident: Readonly<Record<IncidentStatus, string>>;
  readonly maintenance: Readonly<Record<MaintenanceStatus, string>>;
  readonly impact: Readonly<Record<Impact, string>>;
  readonly headline: Readonly<Record<ComponentStatus, string>>;
  readonly lastConfirmed: (status: string, when: string) => string;
  readonly ahead: string;
  readonly componentsUnknown: string;
  readonly components: string;
  readonly status: string;
  readonly openIncidents: string;
  readonly maintenanceNow: string;
  readonly maintenanceAhead: string;
  /** Before the span of time for which work is planned. */
  readonly planned: string;
  /** Before the time that was announced; `unconfirmed` follows it. */
  readonly dueToStart: string;
  readonly dueToEnd: string;
  readonly unconfirmed: string;
  readonly recentIncidents: string;
  readonly noRecent: string;
  readonly affected: string;
  readonly conflict: string;
  readonly allUpdates: string;
  /** Before the time of a correction, of a retraction, of writing down what happened earlier. */
  readonly corrected: string;
  readonly takenBack: string;
  readonly writtenLater: string;
  /** Before a text that was shown once. */
  readonly before: string;
  readonly checked: string;
  readonly changed: string;
  readonly received: string;
  readonly neverChecked: string;
  readonly justNow: string;
  readonly source: Readonly<Record<Source, (host: string) => string>>;
  readonly signedAt: string;
  readonly verified: string;
  readonly notYetVerified: string;
  readonly publicLog: string;
  readonly signedCopy: string;
  readonly runsOn: string;
  readonly opening: string;
  readonly offline: string;
  readonly missing: string;
}
