import { type Approval, approvalsOf } from './approvals.ts';
import { candidates, type History, historyOf } from './causality.ts';
import { cautiousImpact, cautiousStatus } from './caution.ts';
import type { IsoTime } from './clock.ts';
import type { SignedEvent } from './event.ts';
import { displayOrder } from './order.ts';
import type { IncidentUpdateBody } from './public-content.ts';
import { bodyOf, type PublicEvent, publicEvents } from './public-event.ts';
import type { Roster } from './roster.ts';
import type { PublicIncident } from './snapshot.ts';
import { type ComponentStatus, isOpenIncident, worstStatus } from './status.ts';

interface ComponentSetting {
  readonly status: ComponentStatus;
  readonly at: IsoTime;
  /** Two authors set it at the same time; the worse is shown. */
  readonly conflict: boolean;
}

/** What people have said in public. */
export interface PublicFold {
  /** Every incident that was not taken back, open and resolved; the newest first. */
  readonly incidents: readonly PublicIncident[];
  /** Statuses set by hand that nothing said later overwrites, by component id. */
  readonly settings: ReadonlyMap<string, ComponentSetting>;
  /** Ids of updates that wait for a second opinion; they count nowhere yet. */
  readonly waiting: ReadonlySet<string>;
  /** Who let which update (by its id) count: approvals, and overrides with their reason. */
  readonly approvals: ReadonlyMap<string, readonly Approval[]>;
}

interface Update {
  readonly event: PublicEvent;
  readonly body: IncidentUpdateBody;
}

/** Folds the 3914 events among `events` (pure; any order, any repetition): state by causality alone, clocks for display. */
export function foldIncidents(signed: Iterable<SignedEvent>, roster: Roster): PublicFold {
  const events = [...signed];
  const held = publicEvents(events, roster);
  const history = historyOf(held);
  const { waiting, given: approvals } = approvalsOf(held, events, roster);
  const ordered = displayOrder([...held.values()]);
  const retracts = ordered.flatMap((event) => {
    const body = bodyOf.incidentRetract(event);
    return body === undefined ? [] : [{ event, body }];
  });
  const takenBack = new Set(retracts.map(({ body }) => body.update));
  const updates = ordered.flatMap((event): Update[] => {
    const body = bodyOf.incidentUpdate(event);
    return body === undefined || waiting.has(event.id) || takenBack.has(event.id) ? [] : [{ event, body }];
  });
  const whole = retracts.filter(({ body }) => body.update === null);
  const incidents = [...Map.groupBy(updates, ({ body }) => body.incident)].flatMap(([code, said]) => {
    const ends = whole.filter(({ body }) => body.incident === code).map(({ event }) => event.id);
    const standing = candidates([...said.map(({ event }) => event.id), ...ends], history);
    const values = said.filter(({ event }) => standing.includes(event.id));
    return values.length === 0 ? [] : [incident(code, said, values)];
  });
  return { incidents: incidents.reverse(), settings: settings(ordered, updates, history), waiting, approvals };
}

/** One incident from its updates (oldest first) and those of them that are candidates. */
function incident(code: string, said: readonly Update[], values: readonly Update[]): PublicIncident {
  const status = cautiousStatus(values.map(({ body }) => body.status));
  const winner = values
    .toSorted((a, b) => (a.event.id < b.event.id ? -1 : 1))
    .find(({ body }) => body.status === status);
  const closing = said.findLast(({ body }) => body.status === 'resolved') ?? said.at(-1);
  const statuses = Map.groupBy(
    values.flatMap(({ body }) => body.components),
    (component) => component.id,
  );
  return {
    code,
    name: winner?.body.name ?? '',
    status,
    impact: cautiousImpact(values.map(({ body }) => body.impact)),
    started_at: said[0]?.event.content.at ?? '',
    updated_at: said.at(-1)?.event.content.at ?? '',
    resolved_at: isOpenIncident(status) ? null : (closing?.event.content.at ?? null),
    components: [...statuses].map(([id, all]) => ({ id, status: worstStatus(all.map((one) => one.status)) })),
    updates: said
      .map(({ event, body }) => ({
        id: event.id,
        status: body.status,
        text: body.text,
        at: event.content.at,
        lang: body.lang,
      }))
      .reverse(),
    conflict: new Set(values.map(({ body }) => JSON.stringify({ ...body, text: null, lang: null }))).size > 1,
  };
}

/** An incident's word on a component overwrites an earlier setting by hand, and then speaks through the incident itself. */
function settings(ordered: readonly PublicEvent[], updates: readonly Update[], history: History) {
  const byHand = ordered.flatMap((event) => {
    const body = bodyOf.componentSet(event);
    return body === undefined ? [] : [{ event, body }];
  });
  const found = new Map<string, ComponentSetting>();
  for (const [component, sets] of Map.groupBy(byHand, ({ body }) => body.component)) {
    const mentions = updates.filter(({ body }) => body.components.some(({ id }) => id === component));
    const standing = candidates(
      [...sets, ...mentions].map(({ event }) => event.id),
      history,
    );
    const values = sets.filter(({ event }) => standing.includes(event.id));
    const status = worstStatus(values.map(({ body }) => body.status));
    const shown = values.findLast(({ body }) => body.status === status);
    if (shown === undefined) continue;
    const conflict = values.some(({ body }) => body.status !== status);
    found.set(component, { status, at: shown.event.content.at, conflict });
  }
  return found;
}
