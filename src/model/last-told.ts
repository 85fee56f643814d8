import type { PublicFold } from './incidents.ts';
import type { PublicIncident } from './snapshot.ts';

/** What people said of the components' statuses. */
export type ToldStatuses = Pick<PublicFold, 'incidents' | 'maintenances' | 'settings'>;

/**
 * Until when what people said of each component held, in Unix ms: a trouble until the next word of its incident, a maintenance
 * until its end, anything else when it was said. Nothing of a component of which nobody ever said anything.
 */
export function lastTold({ incidents, maintenances, settings }: ToldStatuses): ReadonlyMap<string, number> {
  const last = new Map<string, number>();
  const tell = (component: string, until: string) => {
    const at = Date.parse(until);
    // What is no time is later than nothing.
    if (at > (last.get(component) ?? Number.NEGATIVE_INFINITY)) last.set(component, at);
  };
  for (const { component, until } of incidents.flatMap(heldWords)) tell(component, until);
  for (const { components, started_at, ended_at } of maintenances)
    if (started_at !== null && ended_at !== null) for (const id of components) tell(id, ended_at);
  for (const [id, { at }] of settings) tell(id, at);
  return last;
}

function heldWords({ updates }: PublicIncident): readonly { readonly component: string; readonly until: string }[] {
  const told = updates
    .filter(({ retracted }) => retracted === undefined)
    .toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
  return told.flatMap(({ at, components = [] }, place) =>
    components.map(({ id, status }) => ({
      component: id,
      until: status === 'operational' ? at : (told[place + 1]?.at ?? at),
    })),
  );
}
