import type { LeftOut, PublicComponent, PublicIncident, PublicState } from './snapshot.ts';
import { COMPONENT_STATUSES, IMPACTS } from './status.ts';

/** DESIGN §4: the state inside a snapshot's content, as that stands escaped inside the event. */
const STATE_MAX_BYTES = 40 * 1024;
/** A name or an update's text where even the newest ones do not fit; the incident's own page has it in full. */
const SHORT_TEXT = 280;

/**
 * The state cut to what one signed event may carry, and how much is missing: older updates go first (each incident's page has
 * them), then resolved incidents, descriptions, components that are operational, long texts; trouble goes last and the
 * mildest of it first, because an event that is too large would be believed by nobody.
 */
export function fitState(state: PublicState): PublicState {
  let fitted = state;
  for (const cut of CUTS) {
    if (fits(fitted)) break;
    fitted = cut(fitted, state);
  }
  const kept = new Set(fitted.components.map(({ id }) => id));
  const missing = state.components.filter(({ id }) => !kept.has(id));
  const incidents = entries(state) - entries(fitted);
  if (missing.length + incidents === 0) return fitted;
  return { ...fitted, left_out: { components: missing.length, incidents, valid_until: earliestEnd(missing) } };
}

function earliestEnd(components: readonly PublicComponent[]): LeftOut['valid_until'] {
  const ends = components.flatMap(({ valid_until }) => valid_until ?? []);
  return ends.toSorted()[0] ?? null;
}

function entries({ incidents, recent, maintenances }: PublicState): number {
  return incidents.length + recent.length + maintenances.length;
}

const CUTS: readonly ((state: PublicState, whole: PublicState) => PublicState)[] = [
  // It stands in state.json, and the page fetches it from there.
  ({ uptime: _, ...state }) => state,
  (state) => ({ ...state, incidents: state.incidents.map((one) => ({ ...one, updates: one.updates.slice(0, 1) })) }),
  (state) => ({
    ...state,
    maintenances: state.maintenances.map((one) => ({ ...one, updates: one.updates.slice(0, 1) })),
  }),
  (state) => asManyAsFit(state.recent, (recent) => ({ ...state, recent })),
  // Those that ended go first: they stand last.
  (state) => asManyAsFit(state.maintenances, (maintenances) => ({ ...state, maintenances })),
  (state) => ({ ...state, components: bare(state) }),
  (state) =>
    asManyAsFit(
      state.components.toSorted(worstFirst),
      withComponents(state),
      state.components.filter(isTrouble).length,
    ),
  // Short texts leave room again for components.
  (state, whole) =>
    asManyAsFit(
      bare(whole).toSorted(worstFirst),
      withComponents({ ...state, components: bare(whole), incidents: state.incidents.map(shortened) }),
      whole.components.filter(isTrouble).length,
    ),
  // The gravest incident and the worst component stay in any case: nothing that is left out may be worse than what is shown.
  (state) => asManyAsFit(state.incidents.toSorted(gravestFirst), withIncidents(state), 1),
  (state) => asManyAsFit(state.components.toSorted(worstFirst), withComponents(state), 1),
];

/** The first of `list`, at least `least` of them, as long as the state made from them fits. */
function asManyAsFit<Item>(
  list: readonly Item[],
  make: (kept: readonly Item[]) => PublicState,
  least = 0,
): PublicState {
  let [low, high] = [least, list.length];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(make(list.slice(0, middle)))) low = middle;
    else high = middle - 1;
  }
  return make(list.slice(0, low));
}

function bare({ components }: PublicState): readonly PublicComponent[] {
  return components.map((component) => ({ ...component, description: null }));
}

/** In the site's own order again. */
function withComponents(state: PublicState) {
  return (kept: readonly PublicComponent[]): PublicState => ({
    ...state,
    components: state.components.filter(({ id }) => kept.some((component) => component.id === id)),
  });
}

function withIncidents(state: PublicState) {
  return (kept: readonly PublicIncident[]): PublicState => ({
    ...state,
    incidents: state.incidents.filter((incident) => kept.includes(incident)),
  });
}

function isTrouble({ status }: PublicComponent): boolean {
  return status !== 'operational';
}

/** Of those that are alike first the one whose word runs out: what is left out must not be less certain than what is shown. */
function worstFirst(a: PublicComponent, b: PublicComponent): number {
  const rank = ({ status }: PublicComponent) => COMPONENT_STATUSES.indexOf(status);
  return rank(b) - rank(a) || Number(a.valid_until === null) - Number(b.valid_until === null);
}

function gravestFirst(a: PublicIncident, b: PublicIncident): number {
  return IMPACTS.indexOf(b.impact) - IMPACTS.indexOf(a.impact);
}

function shortened(incident: PublicIncident): PublicIncident {
  const cut = (text: string) => (text.length > SHORT_TEXT ? `${text.slice(0, SHORT_TEXT).toWellFormed()} …` : text);
  return {
    ...incident,
    name: cut(incident.name),
    updates: incident.updates.map((update) => ({ ...update, text: cut(update.text) })),
  };
}

function fits(state: PublicState): boolean {
  return new TextEncoder().encode(JSON.stringify(JSON.stringify(state))).length <= STATE_MAX_BYTES;
}
