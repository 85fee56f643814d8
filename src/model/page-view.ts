import type { IsoTime } from './clock.ts';
import { decayedComponents, headlineOf } from './headline.ts';
import type { PublicComponent, Snapshot } from './snapshot.ts';
import { worstStatus } from './status.ts';
import type { ComponentGroup, Known, Reader, View } from './view.ts';

/** What every page about a snapshot shows. */
export function known(snapshot: Snapshot, reader: Reader): Known {
  const { page, seq, generated_at, valid_until, state } = snapshot;
  return {
    page,
    reader,
    seq,
    generated_at,
    valid_until,
    headline: headlineOf(snapshot, reader.now),
    checked_at: earliest(state.components.map((component) => component.checked_at)),
    left_out: state.left_out ?? null,
    changed_at: latest([...state.components.map((c) => c.changed_at), ...state.incidents.map((i) => i.updated_at)]),
  };
}

/** The front page for this reader. Green only if the snapshot is live, every component is, and no incident is open. */
export function statusView(snapshot: Snapshot, reader: Reader): View {
  const facts = known(snapshot, reader);
  const components = decayedComponents(snapshot.state, facts.headline.freshness, reader.now);
  const ungrouped = components.filter(({ group }) => !snapshot.state.groups.some(({ id }) => id === group));
  const groups = snapshot.state.groups.map(({ id, name }) =>
    group(
      id,
      name,
      components.filter((c) => c.group === id),
    ),
  );
  return {
    type: 'status',
    known: facts,
    groups: [group(null, null, ungrouped), ...groups].filter((g) => g.components.length > 0),
    incidents: snapshot.state.incidents,
    recent: snapshot.state.recent,
    maintenances: snapshot.state.maintenances,
    uptime: snapshot.state.uptime ?? null,
  };
}

function group(id: string | null, name: string | null, components: readonly PublicComponent[]): ComponentGroup {
  return { id, name, components, status: worstStatus(components.map(({ status }) => status)) };
}

function earliest(times: readonly (IsoTime | null)[]): IsoTime | null {
  return times.filter((time) => time !== null).toSorted()[0] ?? null;
}

function latest(times: readonly (IsoTime | null)[]): IsoTime | null {
  return (
    times
      .filter((time) => time !== null)
      .toSorted()
      .at(-1) ?? null
  );
}
