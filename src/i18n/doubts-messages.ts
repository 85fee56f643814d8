import type { Trouble, UpdateFailure } from '../model/view.ts';

/** What may be doubtful about the copy that is shown, in one language. Arguments are ready to print. */
export interface DoubtMessages {
  readonly trouble: Readonly<Record<Trouble, string>>;
  readonly disagreement: (host: string, when: string, what: string) => string;
  readonly skew: (minutes: number) => string;
  readonly updateFailed: Readonly<Record<UpdateFailure, string>>;
  readonly leftOut: (components: number, incidents: number) => string;
}
