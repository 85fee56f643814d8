import { gravest } from './gravest.ts';
import { known } from './page-view.ts';
import type { Snapshot } from './snapshot.ts';
import type { Reader, View } from './view.ts';

/** The banner: the headline, and the gravest of the open incidents. It decays as the front page does. */
export function embedView(snapshot: Snapshot, reader: Reader): View {
  const { incidents } = snapshot.state;
  return {
    type: 'embed',
    known: known(snapshot, reader),
    incident: gravest(incidents),
    more: Math.max(0, incidents.length - 1),
  };
}
