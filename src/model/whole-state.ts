import { isoTime } from './clock.ts';
import { claimEnd } from './freshness.ts';
import { recordsIn } from './public-record.ts';
import type { LeftOut, PublicComponent, PublicState, Snapshot } from './snapshot.ts';

/** What state.json says, and the snapshot that vouched for it. */
export interface WholeState {
  readonly state: PublicState;
  readonly of: Snapshot;
}

/**
 * The snapshot with what it had to leave out, as state.json says it; its own word always stands. A component from there may be
 * believed as long as the snapshot that vouched for it says of what it left out: then it is unknown.
 */
export function withWhole(snapshot: Snapshot, whole: WholeState): Snapshot {
  const { left_out, ...own } = snapshot.state;
  const uptime = own.uptime ?? whole.state.uptime;
  const drawn = uptime === undefined ? own : { ...own, uptime };
  if (left_out === undefined) return { ...snapshot, state: drawn };
  const full = { ...drawn, ...filled(own, whole) };
  const rest = stillLeftOut(left_out, own, full);
  return { ...snapshot, state: rest === null ? full : { ...full, left_out: rest } };
}

function filled(own: PublicState, { state, of }: WholeState) {
  const [codes, ids] = [new Set(recordsIn(own).map(({ code }) => code)), new Set(own.components.map(({ id }) => id))];
  const valid_until = isoTime(lastWord(of));
  const isNew = ({ code }: { readonly code: string }) => !codes.has(code);
  const added: readonly PublicComponent[] = state.components.filter(({ id }) => !ids.has(id));
  return {
    groups: state.groups,
    components: inOrderOf(
      state.components,
      [...own.components, ...added.map((one) => ({ ...one, valid_until }))],
      ({ id }) => id,
    ),
    incidents: inOrderOf(state.incidents, [...own.incidents, ...state.incidents.filter(isNew)], codeOf),
    recent: inOrderOf(state.recent, [...own.recent, ...state.recent.filter(isNew)], codeOf),
    maintenances: inOrderOf(state.maintenances, [...own.maintenances, ...state.maintenances.filter(isNew)], codeOf),
  };
}

/** Until when what was left out may be believed, in Unix ms. */
function lastWord(snapshot: Snapshot): number {
  const stated = snapshot.state.left_out?.valid_until ?? null;
  return Math.min(claimEnd(snapshot), stated === null ? Number.POSITIVE_INFINITY : Date.parse(stated));
}

/** What is still missing: a state.json that is a little older may not know the newest. */
function stillLeftOut(left_out: LeftOut, own: PublicState, full: Omit<PublicState, 'left_out'>): LeftOut | null {
  const components = left_out.components - (full.components.length - own.components.length);
  const incidents = left_out.incidents - (recordsIn(full).length - recordsIn(own).length);
  if (components <= 0 && incidents <= 0) return null;
  return { ...left_out, components: Math.max(0, components), incidents: Math.max(0, incidents) };
}

/** In the order of `model`; what that does not know comes first. */
function inOrderOf<Item>(model: readonly Item[], items: readonly Item[], nameOf: (item: Item) => string): Item[] {
  const places = new Map(model.map((item, place) => [nameOf(item), place]));
  const placeOf = (item: Item) => places.get(nameOf(item)) ?? -1;
  return items.toSorted((a, b) => placeOf(a) - placeOf(b));
}

function codeOf({ code }: { readonly code: string }): string {
  return code;
}
