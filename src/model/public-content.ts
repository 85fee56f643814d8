import type { Hlc, IsoTime } from './clock.ts';
import type { Observation } from './pulse.ts';
import type { Affected, Translation } from './snapshot.ts';
import type { ComponentStatus, Impact, IncidentStatus, MaintenanceStatus } from './status.ts';

/** Clear content of a 3914. Bodies by `type`; an unknown type is kept and shown as "needs a newer app". */
export interface PublicContent<Type extends string = string, Body = unknown> {
  readonly v: 1;
  readonly type: Type;
  readonly hlc: Hlc;
  /** At most 16 ids of held heads of the same log. */
  readonly parents: readonly string[];
  /** What the writer's clock said. */
  readonly at: IsoTime;
  readonly body: Body;
}

/** What updates of incidents and of maintenances have in common. */
interface UpdateBody {
  readonly name: string;
  readonly impact: Impact;
  readonly text: string;
  readonly lang: string | null;
  readonly translations?: readonly Translation[] | undefined;
  /** When it happened, where that is not when it is written: a backfill. */
  readonly display_at?: IsoTime | null | undefined;
  /** Id of the update that this one replaces: a correction stands in that one's place, and both texts are shown. */
  readonly corrects?: string | null | undefined;
}

export interface IncidentUpdateBody extends UpdateBody {
  /** 12 characters of [0-9a-z], made by the author of the first update. */
  readonly incident: string;
  readonly status: IncidentStatus;
  readonly components: readonly Affected[];
}

export interface MaintenanceUpdateBody extends UpdateBody {
  /** As an incident's code, and never that of one. */
  readonly maintenance: string;
  readonly status: MaintenanceStatus;
  readonly scheduled_for: IsoTime;
  readonly scheduled_until: IsoTime;
  /** Ids of the components that are worked on. */
  readonly components: readonly string[];
}

export interface ComponentSetBody {
  readonly component: string;
  readonly status: ComponentStatus;
}

/** A transition that a watcher saw. */
export interface ObservationBody extends Observation {
  readonly vantage: string;
  readonly from: ComponentStatus;
}

/** Roll-up of one UTC day by one watcher: seconds spent in each status, per subject. */
export interface DayBody {
  readonly vantage: string;
  readonly day: string;
  readonly seconds: Readonly<Record<string, Readonly<Partial<Record<ComponentStatus, number>>>>>;
}

export interface PageBody {
  readonly seq: number;
  readonly state_sha256: string;
}
