import type { VerifyMessages } from '../../i18n/verify-en.ts';
import type { Report } from '../../log/published/report.ts';
import { STEPS, type Step, type StepName } from '../../log/published/steps.ts';
import type { IsoTime } from '../../model/clock.ts';

/** What could be checked of the copy that this device holds, where the log cannot be had. */
export interface HeldCheck {
  readonly signature: 'right' | 'wrong';
  /** Known from a roster that this device once checked. */
  readonly publisher: 'right' | 'unchecked';
  readonly key: string;
  readonly generated_at: IsoTime;
}

/** How far the check has come. */
export type VerifyState =
  /** No script runs. */
  | { readonly type: 'still' }
  | {
      readonly type: 'running';
      readonly steps: readonly Step[];
      readonly current: StepName;
      readonly done: number;
      /** 0 where it is not known yet. */
      readonly of: number;
    }
  | { readonly type: 'done'; readonly steps: readonly Step[]; readonly report: Report | null }
  /** The log could not be had; `held` is null where this device holds no copy either. */
  | { readonly type: 'held'; readonly steps: readonly Step[]; readonly held: HeldCheck | null };

export type Verdict = keyof VerifyMessages['verdict'];

/** The one word for all of it: what is wrong outweighs what could not be checked. */
export function verdictOf(state: VerifyState): Verdict {
  if (state.type === 'still' || state.type === 'running') return state.type;
  const results = state.steps.map(({ result }) => result);
  if (results.includes('wrong')) return 'wrong';
  if (state.type === 'held') return state.held?.signature === 'wrong' ? 'wrong' : state.held ? 'held' : 'unchecked';
  // A check that ended early is not right.
  return results.length === STEPS.length && results.every((result) => result === 'right') ? 'right' : 'unchecked';
}

/** A place whose copy can be checked. */
export interface CheckedPlace {
  readonly source: 'origin' | 'mirror';
  readonly host: string;
  /** Origin, without a slash at the end. */
  readonly base: string;
}
