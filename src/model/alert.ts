import * as v from 'valibot';
import type { ObservationBody } from './public-content.ts';
import type { Subject } from './pulse.ts';
import { COMPONENT_STATUSES, type ComponentStatus } from './status.ts';
import type { Message } from './timeline.ts';

const alert = v.object({
  subject: v.string(),
  name: v.string(),
  status: v.picklist(COMPONENT_STATUSES),
  text: v.string(),
});

/** Body of a sealed `alert`: what is worse or well again, under the name that people know, and one plain sentence. */
export type AlertBody = v.InferOutput<typeof alert>;

/** What an `alert` says; undefined for other messages, and for alerts of another shape. */
export function alertOf({ type, body }: Pick<Message, 'type' | 'body'>): AlertBody | undefined {
  const result = v.safeParse(alert, body);
  return type === 'alert' && result.success ? result.output : undefined;
}

/** The last status of each subject that was known: one of which nothing was known yet was well. */
export type LastKnown = ReadonlyMap<Subject, ComponentStatus>;

export function noted(last: LastKnown, { subject, status }: Pick<ObservationBody, 'subject' | 'status'>): LastKnown {
  return status === 'unknown' ? last : new Map(last).set(subject, status);
}

/** Whether a transition calls people: known trouble that is worse than before, or the end of it. Not knowing calls nobody. */
export function isAlarming(last: LastKnown, { subject, status }: Pick<ObservationBody, 'subject' | 'status'>): boolean {
  if (status === 'unknown') return false;
  const before = last.get(subject) ?? 'operational';
  const rank = COMPONENT_STATUSES.indexOf(status) - COMPONENT_STATUSES.indexOf(before);
  return status === 'operational' ? rank < 0 : rank > 0;
}
