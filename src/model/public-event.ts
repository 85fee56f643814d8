import * as v from 'valibot';
import { parseCanonical } from './canonical.ts';
import type { Caused } from './causality.ts';
import type { Hlc } from './clock.ts';
import { chainName, KIND, organisation, previousId, type SignedEvent, tagValue } from './event.ts';
import type { ComponentSetBody, IncidentUpdateBody, MaintenanceUpdateBody, PublicContent } from './public-content.ts';
import { counts, type Roster } from './roster.ts';
import { COMPONENT_STATUSES, IMPACTS, INCIDENT_STATUSES, MAINTENANCE_STATUSES } from './status.ts';

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const id = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
const isoTime = v.pipe(
  v.string(),
  v.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
  v.check((text) => !Number.isNaN(Date.parse(text))),
);

const content = v.object({
  v: v.literal(1),
  type: v.string(),
  hlc: v.pipe(v.tuple([count, count]), v.readonly()),
  parents: v.pipe(v.array(id), v.maxLength(16)),
  at: isoTime,
  body: v.unknown(),
});

const componentStatus = v.picklist(COMPONENT_STATUSES);
const incidentCode = v.pipe(v.string(), v.regex(/^[0-9a-z]{12}$/));
const updateEntries = {
  name: v.string(),
  impact: v.picklist(IMPACTS),
  text: v.string(),
  lang: v.nullable(v.string()),
  translations: v.optional(v.array(v.object({ lang: v.string(), name: v.nullable(v.string()), text: v.string() }))),
  display_at: v.optional(v.nullable(isoTime)),
  corrects: v.optional(v.nullable(id)),
};
const incidentUpdate = v.object({
  incident: incidentCode,
  status: v.picklist(INCIDENT_STATUSES),
  components: v.array(v.object({ id: v.string(), status: componentStatus })),
  ...updateEntries,
});
const maintenanceUpdate = v.object({
  maintenance: incidentCode,
  status: v.picklist(MAINTENANCE_STATUSES),
  scheduled_for: isoTime,
  scheduled_until: isoTime,
  components: v.array(v.string()),
  ...updateEntries,
});
/** Takes back one update (its event id), or the whole incident or maintenance where `update` is null. */
const incidentRetract = v.object({ incident: incidentCode, update: v.nullable(id), reason: v.string() });
const componentSet = v.object({ component: v.string(), status: componentStatus });
const opinion = v.object({ event: id, reason: v.optional(v.string(), '') });

export type IncidentRetractBody = v.InferOutput<typeof incidentRetract>;

/** A 3914 whose author may say it, with its place in the causal order. `after` are its parents and the author's previous. */
export interface PublicEvent extends Caused {
  readonly pubkey: string;
  readonly hlc: Hlc;
  readonly content: PublicContent;
}

/** The public events that count by `roster`, each id once. What is malformed or not allowed is left out, not refused. */
export function publicEvents(events: Iterable<SignedEvent>, roster: Roster): ReadonlyMap<string, PublicEvent> {
  const d = chainName.status(organisation(roster.root));
  const found = new Map<string, PublicEvent>();
  for (const event of events) {
    if (event.kind !== KIND.public || tagValue(event, 'd') !== d) continue;
    const said = publicContentOf(event);
    if (said === undefined || !counts(roster, event, said.type) || roster.purged.has(event.id)) continue;
    const previous = previousId(event);
    const after = previous === undefined ? said.parents : [...said.parents, previous];
    found.set(event.id, { id: event.id, pubkey: event.pubkey, hlc: said.hlc, after, content: said });
  }
  return found;
}

// Events never change, and every fold reads all of them: each is parsed once for as long as it is held.
const parsed = new WeakMap<SignedEvent, PublicContent | 'malformed'>();

/** What a 3914 says, whoever signed it; undefined where its content is malformed. */
export function publicContentOf(event: SignedEvent): PublicContent | undefined {
  const known = parsed.get(event) ?? parsePublicContent(event.content) ?? 'malformed';
  parsed.set(event, known);
  return known === 'malformed' ? undefined : known;
}

/** The clear content of a 3914, or undefined where it is not canonical or has another shape. */
function parsePublicContent(text: string): PublicContent | undefined {
  const result = v.safeParse(content, parseCanonical(text));
  return result.success ? result.output : undefined;
}

export const bodyOf = {
  incidentUpdate: (event: PublicEvent) => body<IncidentUpdateBody>(event, 'incident.update', incidentUpdate),
  maintenanceUpdate: (event: PublicEvent) =>
    body<MaintenanceUpdateBody>(event, 'maintenance.update', maintenanceUpdate),
  incidentRetract: (event: PublicEvent) => body<IncidentRetractBody>(event, 'incident.retract', incidentRetract),
  componentSet: (event: PublicEvent) => body<ComponentSetBody>(event, 'component.set', componentSet),
  approve: (event: PublicEvent) => body(event, 'approve', opinion),
  override: (event: PublicEvent) => body(event, 'override', opinion),
} as const;

function body<Body>(event: PublicEvent, type: string, schema: v.GenericSchema<unknown, Body>): Body | undefined {
  if (event.content.type !== type) return undefined;
  const result = v.safeParse(schema, event.content.body);
  return result.success ? result.output : undefined;
}
