import type { IncidentUpdateBody, MaintenanceUpdateBody } from './public-content.ts';
import { bodyOf, type PublicEvent } from './public-event.ts';
import type { Translation } from './snapshot.ts';

/** The words that take the place of others. */
export interface MendedWords {
  readonly text: string;
  readonly lang: string | null;
  readonly translations: readonly Translation[];
}

/** A public statement before it is signed. */
export type Statement =
  | { readonly type: 'incident.update'; readonly body: IncidentUpdateBody }
  | { readonly type: 'maintenance.update'; readonly body: MaintenanceUpdateBody };

/** The update that an event says; undefined where it says something else. */
export function statementOf(event: PublicEvent): Statement | undefined {
  const incident = bodyOf.incidentUpdate(event);
  if (incident !== undefined) return { type: 'incident.update', body: incident };
  const maintenance = bodyOf.maintenanceUpdate(event);
  return maintenance === undefined ? undefined : { type: 'maintenance.update', body: maintenance };
}

/** The same statement in other words: status, components and times stay as they were. `id` is the event that is corrected. */
export function corrected(statement: Statement, id: string, { text, lang, translations }: MendedWords): Statement {
  const words = { text, lang, corrects: id };
  if (statement.type === 'incident.update') {
    const { translations: _, ...body } = statement.body;
    return { type: statement.type, body: { ...body, ...words, ...translated(translations) } };
  }
  const { translations: _, ...body } = statement.body;
  return { type: statement.type, body: { ...body, ...words, ...translated(translations) } };
}

/** The field of a body; left out where there is none: what was never written must not be signed as an empty list. */
export function translated(translations: readonly Translation[]): { readonly translations?: readonly Translation[] } {
  return translations.length === 0 ? {} : { translations };
}
