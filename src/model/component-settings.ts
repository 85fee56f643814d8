import { candidates, fieldOf, type History, overwrittenBy } from './causality.ts';
import type { IsoTime } from './clock.ts';
import type { IncidentUpdateBody } from './public-content.ts';
import { bodyOf, type PublicEvent } from './public-event.ts';
import type { Story, Update } from './said.ts';
import { type ComponentStatus, isOpenIncident, worstStatus } from './status.ts';

/** A component's status that a person set by hand. */
export interface ComponentSetting {
  readonly status: ComponentStatus;
  readonly at: IsoTime;
  /** Two authors set it at the same time; the worse is shown. */
  readonly conflict: boolean;
}

/**
 * Statuses set by hand that nothing said later overwrites, by component id. An incident's new word on a component overwrites an
 * earlier setting, and then speaks through the incident itself.
 */
export function settingsOf(
  ordered: readonly PublicEvent[],
  stories: readonly Story<IncidentUpdateBody>[],
  history: History,
): ReadonlyMap<string, ComponentSetting> {
  const byHand = ordered.flatMap((event) => {
    const body = bodyOf.componentSet(event);
    return body === undefined ? [] : [{ event, body }];
  });
  const found = new Map<string, ComponentSetting>();
  for (const [component, sets] of Map.groupBy(byHand, ({ body }) => body.component)) {
    const news = stories.flatMap((story) => newsOf(component, story, history));
    const standing = candidates(
      [...sets, ...news].map(({ event }) => event.id),
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

/**
 * Updates that say something new of a component as it is now: not those that repeat what the incident said of it before, nor what
 * is told of an earlier time, nor a report. Over any of these a part that somebody set down would be green, and nobody said so.
 */
function newsOf(
  component: string,
  { said, retracted }: Story<IncidentUpdateBody>,
  history: History,
): readonly Update<IncidentUpdateBody>[] {
  const word = ({ body }: Update<IncidentUpdateBody>) => body.components.find(({ id }) => id === component)?.status;
  const counted = retracted === undefined ? said.filter((one) => one.retracted === undefined) : [];
  const mentions = counted.filter((one) => word(one) !== undefined);
  if (mentions.length === 0) return [];
  const field = fieldOf(
    counted.map(({ event }) => event.id),
    history,
  );
  return mentions.filter((one) => {
    const { status, display_at } = one.body;
    if (status === 'postmortem' || display_at) return false;
    if (!isOpenIncident(status) && word(one) !== 'operational') return false;
    const before = overwrittenBy(one.event.id, field, history);
    return !counted.some((earlier) => before.includes(earlier.event.id) && word(earlier) === word(one));
  });
}
