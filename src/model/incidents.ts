import { type Approval, approvalsOf } from './approvals.ts';
import { historyOf } from './causality.ts';
import { cautiousImpact, cautiousStatus } from './caution.ts';
import { type ComponentSetting, settingsOf } from './component-settings.ts';
import type { SignedEvent } from './event.ts';
import { maintenanceOf, WORDS } from './maintenances.ts';
import { displayOrder } from './order.ts';
import type { IncidentUpdateBody } from './public-content.ts';
import { bodyOf, publicEvents } from './public-event.ts';
import type { Roster } from './roster.ts';
import { happenedAt, lastWritten, publicUpdate, type Story, storiesOf } from './said.ts';
import type { PublicIncident, PublicMaintenance, Retraction } from './snapshot.ts';
import { isOpenIncident, worstStatus } from './status.ts';

/** What people have said in public. */
export interface PublicFold {
  /** Every incident that was not taken back, open and resolved; the newest first. */
  readonly incidents: readonly PublicIncident[];
  /** Every maintenance that was not taken back; the newest first. */
  readonly maintenances: readonly PublicMaintenance[];
  /** What was taken back whole. It decides nothing, and is shown as such: nothing that was public disappears. */
  readonly retracted: {
    readonly incidents: readonly PublicIncident[];
    readonly maintenances: readonly PublicMaintenance[];
  };
  /** Statuses set by hand that nothing said later overwrites, by component id. */
  readonly settings: ReadonlyMap<string, ComponentSetting>;
  /** Ids of updates that wait for a second opinion; they count nowhere yet. */
  readonly waiting: ReadonlySet<string>;
  /** Who let which update (by its id) count: approvals, and overrides with their reason. */
  readonly approvals: ReadonlyMap<string, readonly Approval[]>;
}

/** Folds the 3914 events among `events` (pure; any order, any repetition): state by causality alone, clocks for display. */
export function foldIncidents(signed: Iterable<SignedEvent>, roster: Roster): PublicFold {
  const events = [...signed];
  const held = publicEvents(events, roster);
  const history = historyOf(held);
  const { waiting, given: approvals } = approvalsOf(held, events, roster);
  const ordered = displayOrder([...held.values()]);
  const stories = storiesOf(ordered, history, waiting, bodyOf.incidentUpdate);
  const works = storiesOf(ordered, history, waiting, bodyOf.maintenanceUpdate);
  const incidents = stories.map(incidentOf).reverse();
  const maintenances = works.map(maintenanceOf).reverse();
  return {
    incidents: incidents.filter(stands),
    maintenances: maintenances.filter(stands),
    retracted: {
      incidents: incidents.filter((one) => !stands(one)),
      maintenances: maintenances.filter((one) => !stands(one)),
    },
    settings: settingsOf(ordered, stories, history),
    waiting,
    approvals,
  };
}

function stands({ retracted }: { readonly retracted?: Retraction }): boolean {
  return retracted === undefined;
}

/** One incident from all that was said about it; of one that was taken back, what it last said. */
function incidentOf(story: Story<IncidentUpdateBody>): PublicIncident {
  const { code, said, retracted, retractions, isContested } = story;
  const standing = story.standing.length > 0 ? story.standing : said.slice(-1);
  const counted = said.filter((one) => one.retracted === undefined);
  const first = counted[0] ?? said[0];
  const status = cautiousStatus(standing.map(({ body }) => body.status));
  const winner = standing
    .toSorted((a, b) => (a.event.id < b.event.id ? -1 : 1))
    .find(({ body }) => body.status === status);
  const closing = counted.findLast(({ body }) => body.status === 'resolved') ?? counted.at(-1);
  const statuses = Map.groupBy(
    standing.flatMap(({ body }) => body.components),
    (component) => component.id,
  );
  return {
    code,
    name: winner?.body.name ?? '',
    status,
    impact: cautiousImpact(standing.map(({ body }) => body.impact)),
    started_at: first === undefined ? '' : happenedAt(first),
    updated_at: lastWritten(story),
    resolved_at: isOpenIncident(status) || closing === undefined ? null : happenedAt(closing),
    components: [...statuses].map(([id, all]) => ({ id, status: worstStatus(all.map((one) => one.status)) })),
    updates: said.map((one) => publicUpdate(one, one.body.components)).reverse(),
    conflict: isContested || new Set(standing.map(({ body }) => JSON.stringify({ ...body, ...WORDS }))).size > 1,
    ...(retracted === undefined ? {} : { retracted }),
    ...(retractions.length === 0 ? {} : { retractions }),
  };
}
