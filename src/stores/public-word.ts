import { type Statement, statementOf } from '../model/correction.ts';
import { bodyOf, type PublicEvent } from '../model/public-event.ts';
import { codeOf } from '../model/said.ts';
import type { ComponentStatus } from '../model/status.ts';

/** What somebody said in public, as the room shows it. */
export type PublicWord =
  | { readonly type: 'update'; readonly statement: Statement }
  /** `name`: of the incident or maintenance that it is about; empty where that has not come yet. */
  | { readonly type: 'retraction'; readonly name: string; readonly whole: boolean; readonly reason: string }
  | { readonly type: 'set'; readonly component: string; readonly status: ComponentStatus };

const WORDS = ['incident.update', 'maintenance.update', 'incident.retract', 'component.set'];

export function isPublicWord({ content }: PublicEvent): boolean {
  return WORDS.includes(content.type);
}

/** Null where it has a form that this version does not know. */
export function publicWordOf(event: PublicEvent, names: ReadonlyMap<string, string>): PublicWord | null {
  const statement = statementOf(event);
  if (statement !== undefined) return { type: 'update', statement };
  const taken = bodyOf.incidentRetract(event);
  if (taken !== undefined) {
    const name = names.get(taken.incident) ?? '';
    return { type: 'retraction', name, whole: taken.update === null, reason: taken.reason };
  }
  const set = bodyOf.componentSet(event);
  return set === undefined ? null : { type: 'set', component: set.component, status: set.status };
}

/** What each incident and maintenance is called, by its code. */
export function namesByCode(events: readonly PublicEvent[]): ReadonlyMap<string, string> {
  return new Map(
    events.flatMap((event) => {
      const statement = statementOf(event);
      return statement === undefined ? [] : [[codeOf(statement.body), statement.body.name] as const];
    }),
  );
}
