import type { IsoTime } from './clock.ts';
import type { Freshness } from './freshness.ts';
import type { Stretch } from './history-days.ts';
import type { Silence } from './silence.ts';
import type { LeftOut, PublicComponent, PublicIncident, PublicMaintenance, PublicPage } from './snapshot.ts';
import type { ComponentStatus } from './status.ts';
import type { Uptime } from './uptime.ts';

/** Where the shown copy came from. */
export type Source = 'origin' | 'mirror' | 'relay' | 'device';

/** Why the newest copy could not be had, so that an older one stays. */
export type Trouble = 'unreachable' | 'foreign' | 'invalid' | 'older';

/** Which copy is shown. `verified`: this device has checked its signature and its publisher. */
interface Copy {
  readonly source: Source;
  readonly host: string | null;
  readonly received_at: IsoTime | null;
  readonly verified: boolean;
}

/** What the reader's side knows; on the server there is no reader: `now` stops at publishing and `ticking` is false. */
export interface Reader {
  readonly now: number;
  /** False in plain HTML: no relative time may be printed, it would soon be false. */
  readonly ticking: boolean;
  /** IANA zone; null: not asked for yet, and every time is told in UTC, without age and without the browser's calendars. */
  readonly timeZone: string | null;
  readonly copy: Copy;
  readonly trouble: Trouble | null;
  /** The device's clock against the host's, in ms, where it is off by more than two minutes. */
  readonly skew: number | null;
  /** BCP 47 language that the page is drawn in; absent: the operator's. */
  readonly language?: string;
  /** Another live publisher says something else; null or absent where none is known to. */
  readonly disagreement?: Disagreement | null;
  /** What failed when a version of the page itself was installed here; null or absent where nothing did. */
  readonly update?: UpdateFailure | null;
  /** Groups that the reader opened or closed by hand, by id and status; the others are open when in trouble. */
  readonly opened?: Readonly<Record<string, boolean>>;
  /** The page goes to paper, which may be read on any day. */
  readonly printing?: boolean;
  /** The day that the reader points at in an uptime strip. */
  readonly day?: ChosenDay | null;
}

/**
 * Why a newer version of the app could not be installed: no room on the device, or its files did not arrive as they were
 * published. `unkept`: not even a first version is kept, so that the page opens only while its site can be reached.
 */
export type UpdateFailure = 'full' | 'files' | 'unkept' | 'unkept-full';

/** A place in one component's uptime strip, 0 being the oldest day. */
export interface ChosenDay {
  readonly component: string;
  readonly index: number;
}

/** Two live publishers contradict each other; the newer statement is shown, and this with it. */
export interface Disagreement {
  /** Where the other copy was read. */
  readonly host: string;
  readonly generated_at: IsoTime;
  /** Ids of the components, and codes of the incidents, of which the two say different things. */
  readonly components: readonly string[];
  readonly incidents: readonly string[];
}

export interface Headline {
  readonly status: ComponentStatus;
  readonly freshness: Freshness;
  /** What was last confirmed; differs from `status` once that is unknown. */
  readonly confirmed: ComponentStatus;
  /** The snapshot claims to come from the future: one of the clocks is wrong. */
  readonly ahead: boolean;
}

export interface ComponentGroup {
  readonly id: string | null;
  readonly name: string | null;
  readonly status: ComponentStatus;
  readonly components: readonly PublicComponent[];
}

/** Everything about a snapshot and its reader that all pages show. */
export interface Known {
  readonly page: PublicPage;
  readonly reader: Reader;
  readonly seq: number;
  readonly generated_at: IsoTime;
  readonly valid_until: IsoTime;
  readonly headline: Headline;
  /** What the publisher could not fit into this copy; null where it is whole. */
  readonly left_out: LeftOut | null;
  /** The oldest check among the components, the newest change; null where there is none. */
  readonly checked_at: IsoTime | null;
  readonly changed_at: IsoTime | null;
}

/** What became of the last press of a button that copies; `none` where no script runs, and `selected` where copying is forbidden. */
export type CopyState =
  | { readonly type: 'none' | 'ready' }
  | { readonly type: 'copied' | 'selected'; readonly id: string };

/** Whether this browser is told by web push. */
export type PushState = 'off' | 'asking' | 'on' | 'denied' | 'unsupported' | 'failed';

/** What a copy newer than a list says of its entries, by code: it alone tells of one, or of one as it is now; or it is silent. */
export type LaterWords = Readonly<Record<string, 'told' | Silence>>;

export type View =
  | {
      readonly type: 'status';
      readonly known: Known;
      readonly groups: readonly ComponentGroup[];
      readonly incidents: readonly PublicIncident[];
      readonly recent: readonly PublicIncident[];
      readonly maintenances: readonly PublicMaintenance[];
      /** Null where it lies in a part that is not here yet. */
      readonly uptime: Uptime | null;
    }
  | {
      readonly type: 'incident';
      readonly known: Known;
      readonly incident: PublicIncident;
      readonly components: readonly PublicComponent[];
      /** When the copy was signed that last vouched for what is shown. */
      readonly as_of: IsoTime;
      /** What a newer copy says by not naming it. */
      readonly silence: Silence | null;
    }
  | {
      readonly type: 'maintenance';
      readonly known: Known;
      readonly maintenance: PublicMaintenance;
      readonly components: readonly PublicComponent[];
      readonly as_of: IsoTime;
      readonly silence: Silence | null;
    }
  | {
      readonly type: 'history';
      readonly known: Known;
      /** YYYY-MM; null where no list of months is at hand and the snapshot alone is shown. */
      readonly month: string | null;
      readonly stretches: readonly Stretch[];
      readonly components: readonly PublicComponent[];
      /** Months with a page of their own. */
      readonly older: string | null;
      readonly newer: string | null;
      /** Until when the page tells of everything that was reported: older than the copy where the lists are. */
      readonly as_of: IsoTime;
      readonly later: LaterWords;
    }
  /** The code is in neither the snapshot nor a part that this device holds. */
  | { readonly type: 'absent'; readonly known: Known; readonly code: string }
  /** The banner that other pages show in a frame. */
  | {
      readonly type: 'embed';
      readonly known: Known;
      /** The one that explains the headline, if any is open. */
      readonly incident: PublicIncident | null;
      /** How many more are open. */
      readonly more: number;
    }
  /** How to be told. `base`: the site's address without a slash at the end, where it is known. */
  | {
      readonly type: 'subscribe';
      readonly page: PublicPage;
      readonly base: string | null;
      readonly copy: CopyState;
      /** Null where the operator offers no web push. */
      readonly push: PushState | null;
    }
  /** A shell before the device's copy is open, and what it says if the script fails; or why there is none. `small`: in the banner. */
  | {
      readonly type: 'opening';
      readonly page: PublicPage;
      readonly reason: 'opening' | Trouble;
      readonly small?: boolean;
    }
  | { readonly type: 'offline' | 'missing'; readonly page: PublicPage }
  /** How to check the record, before a script does; `base` as in `subscribe`. */
  | { readonly type: 'verify'; readonly page: PublicPage; readonly root: string; readonly base: string | null };

/** The public page as HTML: what the built `dist/render/renderer.mjs` exports. */
export interface Renderer {
  /** HTML of the one root element. */
  renderMain(view: View): string;
  /** Text of the document's title. */
  titleOf(view: View): string;
  /** Address of the tab's icon. */
  iconOf(view: View): string;
  /** The word for a state that nobody vouches for any more. */
  unknownIn(view: View): string;
  /** What a search engine prints, and the page's path from the site's root; null where it is no page of its own. */
  headOf(view: View): { readonly description: string | null; readonly path: string | null };
}
