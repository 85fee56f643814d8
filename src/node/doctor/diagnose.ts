import { grownOld, neverTried } from './ageing.ts';
import { tooFew } from './counting.ts';
import type { Facts } from './facts.ts';
import type { Finding } from './finding.ts';
import { wrongAnswers } from './serving.ts';
import { sharedFates } from './sharing.ts';
import { notKnown } from './unknowns.ts';
import { notWatched } from './watching.ts';

/** All that follows from the facts. Pure; `now` in milliseconds. */
export function diagnose(facts: Facts, now: number): readonly Finding[] {
  return [
    ...tooFew(facts),
    ...sharedFates(facts.hosts),
    ...wrongAnswers(facts),
    ...notWatched(facts, now),
    ...grownOld(facts, now),
    ...neverTried(facts),
    ...notKnown(facts),
  ];
}
