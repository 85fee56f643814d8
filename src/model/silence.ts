import type { IsoTime } from './clock.ts';
import type { HistoryEntry } from './history.ts';
import { recordsIn } from './public-record.ts';
import type { Snapshot } from './snapshot.ts';
import { RECENT_MS } from './state.ts';

/**
 * What a snapshot says of something by not naming it. `ended`: it is open no more, for every open one is named. `gone`: it ended
 * in the last 14 days, and of those only what was taken back, or is dated otherwise now, is not named.
 */
export type Silence = 'ended' | 'gone';

/** Something as a list, or its own file, told it; `as_of`: when the snapshot was signed that vouches for that. */
export interface KeptWord extends Pick<HistoryEntry, 'code' | 'ended_at' | 'retracted'> {
  readonly as_of: IsoTime;
}

/** Null where the snapshot names it, is no newer than the word that is kept of it, or need not name it. */
export function silenceOf({ generated_at, state }: Snapshot, kept: KeptWord): Silence | null {
  const { code, ended_at, retracted, as_of } = kept;
  const isWhole = (state.left_out?.incidents ?? 0) === 0;
  const named = recordsIn(state).some((one) => one.code === code);
  if (as_of >= generated_at || !isWhole || named || retracted !== undefined) return null;
  if (ended_at === null) return 'ended';
  return Date.parse(ended_at) > Date.parse(generated_at) - RECENT_MS ? 'gone' : null;
}
