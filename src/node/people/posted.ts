import type { Sought } from '../../model/sought.ts';

/** What `post` wrote. */
export interface Posted {
  /** Id of the event that was written. */
  readonly event: string;
  /** What is to be seen on the page. */
  readonly sought: Sought;
  readonly kind: 'incident' | 'maintenance' | 'component';
  readonly words: string;
}

/** For programs: what it is about, and the ids to name it by. */
export function postedFacts({ event, sought, kind }: Posted): Readonly<Record<string, unknown>> {
  if (sought.type === 'component') return { component: sought.id, status: sought.status, update: event };
  const retraction = sought.type === 'retraction' ? { retraction: event } : {};
  return { [kind]: sought.code, update: sought.type === 'update' ? sought.id : sought.update, ...retraction };
}
