import type { PublicComponent, PublicState } from '../../model/snapshot.ts';

/** DESIGN §4: the state inside a snapshot's content, as that stands escaped inside the event. */
const STATE_MAX_BYTES = 40 * 1024;

/**
 * The state cut to what one signed event may carry: older updates go first (each incident's page has them), then resolved
 * incidents, then descriptions and components that are operational. Trouble is never cut.
 */
export function fitState(state: PublicState): PublicState {
  const newest = (s: PublicState) => ({
    ...s,
    incidents: s.incidents.map((i) => ({ ...i, updates: i.updates.slice(0, 1) })),
  });
  const steps: readonly ((s: PublicState) => PublicState)[] = [
    (s) => s,
    newest,
    (s) => ({ ...s, recent: [] }),
    (s) => ({ ...s, components: s.components.map((component) => ({ ...component, description: null })) }),
    (s) => ({ ...s, components: s.components.filter(isTrouble) }),
  ];
  let fitted = state;
  for (const step of steps) {
    fitted = step(fitted);
    if (escapedBytes(fitted) <= STATE_MAX_BYTES) return fitted;
  }
  return fitted;
}

function isTrouble({ status }: PublicComponent): boolean {
  return status !== 'operational';
}

function escapedBytes(state: PublicState): number {
  return Buffer.byteLength(JSON.stringify(JSON.stringify(state)));
}
