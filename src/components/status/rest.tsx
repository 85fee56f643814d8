import type { FunctionComponent } from 'preact';
import { UptimeNote } from '../uptime/uptime-note.tsx';
import { type StripProps, UptimeStrip } from '../uptime/uptime-strip.tsx';
import { Doubts, type DoubtsProps } from './doubts.tsx';

/** What of the front page a browser loads after the first paint. */
export interface Rest {
  readonly Strip: FunctionComponent<StripProps>;
  readonly Note: FunctionComponent<Pick<StripProps, 'messages'>>;
  readonly Doubts: FunctionComponent<DoubtsProps>;
}

export const rest: Rest = { Strip: UptimeStrip, Note: UptimeNote, Doubts };
