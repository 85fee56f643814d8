import { Fault, type FaultFacts } from './fault.ts';
import { Unread } from './unread.ts';

/** In this order; each is checked as far as those that it rests on were right. */
export const STEPS = ['signatures', 'roster', 'snapshot', 'parts', 'state', 'files'] as const;
export type StepName = (typeof STEPS)[number];

/** Why a step is not right. Plain data, so that a thread can hand it to its page. */
export type Why =
  | (FaultFacts & { readonly type: 'fault' })
  | (Pick<Unread, 'file' | 'reason'> & { readonly type: 'unread' });

export interface Step {
  readonly name: StepName;
  readonly result: 'right' | 'wrong' | 'unchecked';
  /** What is wrong, or what could not be read; null where it is right, or rests on what is not. */
  readonly why: Why | null;
}

/** Keeps what became of each step. */
export interface Steps {
  readonly done: readonly Step[];
  /** What `run` finds; undefined where it is wrong, where it could not be read, and where `rests` are not all found. */
  run<const Rests extends readonly unknown[], Found>(
    name: StepName,
    rests: Rests,
    run: (...rests: { [Place in keyof Rests]: Exclude<Rests[Place], undefined> }) => Found | Promise<Found>,
  ): Promise<Found | undefined>;
}

/** `onStep` hears of each step as it is done. */
export function createSteps(onStep: (step: Step) => void = () => {}): Steps {
  const done: Step[] = [];
  const note = (step: Step) => {
    done.push(step);
    onStep(step);
  };
  return {
    done,
    run: async (name, rests, run) => {
      const found = rests.filter((rest) => rest !== undefined);
      if (found.length < rests.length) {
        note({ name, result: 'unchecked', why: null });
        return undefined;
      }
      try {
        const result = await run(...(rests as never));
        note({ name, result: 'right', why: null });
        return result;
      } catch (error) {
        if (!(error instanceof Fault || error instanceof Unread)) throw error;
        note({ name, result: error instanceof Fault ? 'wrong' : 'unchecked', why: whyOf(error) });
        return undefined;
      }
    },
  };
}

function whyOf(error: Fault | Unread): Why {
  const { file } = error;
  if (error instanceof Unread) return { type: 'unread', file, reason: error.reason };
  const { code, line, detail } = error;
  return { type: 'fault', file, line, code, detail };
}
