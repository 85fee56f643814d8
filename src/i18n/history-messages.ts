import type { Silence } from '../model/silence.ts';
import type { Messages } from './messages.ts';

/** Sentences of the history, and of the pages of one incident or maintenance. */
export interface HistoryMessages extends Pick<Messages, 'locale' | 'language'> {
  readonly intro: string;
  readonly months: string;
  readonly older: (month: string) => string;
  readonly newer: (month: string) => string;
  readonly nothingReported: string;
  readonly nothingYet: string;
  readonly nothingHere: string;
  readonly unheld: string;
  readonly begins: string;
  readonly recent: string;
  readonly recentOnly: string;
  readonly completeUntil: string;
  /** After that, where the lists are older than the copy. */
  readonly keptLists: string;
  /** What a copy newer than the list, or than the own file, says of one entry: by telling of it, or by not naming it. */
  readonly later: Readonly<Record<'told' | Silence, string>>;
  readonly incident: string;
  readonly maintenance: string;
  /** `length` is ready to print, e.g. "1 hour 12 minutes". */
  readonly lasted: (length: string) => string;
  readonly shorterThanAMinute: string;
  readonly open: string;
  readonly ahead: string;
  readonly wasTakenBack: string;
  /** Of what stands all the same. */
  readonly wasOverruled: string;
  readonly updates: string;
  readonly whatWasSaid: string;
  readonly postmortem: string;
  readonly postmortemNote: string;
  readonly plannedFrom: string;
  readonly plannedUntil: string;
  readonly began: string;
  readonly ended: string;
  readonly length: string;
  readonly impact: string;
  readonly keptCopy: string;
  readonly keptSince: string;
  readonly signedNote: string;
  readonly checkIt: string;
  /** Leads from plain HTML about the past to the front page. */
  readonly presentElsewhere: string;
  /** On plain HTML, which is not written again while nothing is said. */
  readonly writtenOnce: string;
  readonly ownFile: string;
  /** Of an incident that this device cannot find. `when`: the time of the copy in which it looked. */
  readonly absent: (when: string) => string;
}
