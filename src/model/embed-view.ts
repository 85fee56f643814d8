import { known } from './page-view.ts';
import type { PublicIncident, Snapshot } from './snapshot.ts';
import { IMPACTS } from './status.ts';
import type { Reader, View } from './view.ts';

/** The banner: the headline, and the gravest of the open incidents. It decays as the front page does. */
export function embedView(snapshot: Snapshot, reader: Reader): View {
  const { incidents } = snapshot.state;
  const [incident = null] = incidents.toSorted((a, b) => gravity(b) - gravity(a));
  return { type: 'embed', known: known(snapshot, reader), incident, more: Math.max(0, incidents.length - 1) };
}

function gravity({ impact }: PublicIncident): number {
  return IMPACTS.indexOf(impact);
}
