import type { logText } from '../../log/published/record-files.ts';
import type { SignedEvent } from '../../model/event.ts';
import type { Folded } from '../../model/folded.ts';
import type { Roster } from '../../model/roster.ts';
import type { Site } from '../../model/site.ts';
import type { Claims } from './sign.ts';

/** What one round publishes; every data file follows from it. */
export interface Published {
  readonly site: Site;
  readonly roster: Roster;
  readonly folded: Folded;
  /** The snapshot to be signed, but for the hash of the parts. */
  readonly claims: Claims;
  /** Everything held, this round's `page` event included. */
  readonly events: readonly SignedEvent[];
  readonly logOf?: typeof logText;
}
