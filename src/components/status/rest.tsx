import type { FunctionComponent } from 'preact';
import { UptimeNote } from '../uptime/uptime-note.tsx';
import { type StripProps, UptimeStrip } from '../uptime/uptime-strip.tsx';
import { Doubts, type DoubtsProps } from './doubts.tsx';
import { NothingListed } from './nothing-listed.tsx';
import { PlainNote } from './plain-note.tsx';

/** What of the front page a browser loads after the first paint. */
export interface Rest {
  readonly Strip: FunctionComponent<StripProps>;
  readonly Note: FunctionComponent<Pick<StripProps, 'uptime' | 'messages'>>;
  readonly Doubts: FunctionComponent<DoubtsProps>;
  readonly NothingListed: FunctionComponent<Pick<StripProps, 'messages'>>;
  readonly PlainNote: FunctionComponent<Pick<DoubtsProps, 'known' | 'messages'>>;
}

export const rest: Rest = { Strip: UptimeStrip, Note: UptimeNote, Doubts, NothingListed, PlainNote };
