import type { Trouble, UpdateFailure } from '../model/view.ts';

/** What may be doubtful about the copy that is shown, in one language. Arguments are ready to print. */
export interface DoubtMessages {
  /** Where an older copy that verified stays. */
  readonly trouble: Readonly<Record<Trouble, string>>;
  /** Where there is nothing but the server's own HTML, which nobody signed. */
  readonly unverified: Readonly<Record<Trouble, string>>;
  readonly disagreement: (host: string, when: string, what: string) => string;
  readonly skew: (minutes: number) => string;
  readonly updateFailed: Readonly<Record<UpdateFailure, string>>;
  readonly leftOut: (components: number, incidents: number) => string;
  /** In place of the components of a site that has none. */
  readonly nothingListed: string;
  /** On plain HTML. */
  readonly plain: (until: string) => string;
}
