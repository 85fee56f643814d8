import { verifyEvent } from '../../log/event.ts';
import { KIND, organisation } from '../../model/event.ts';
import { pulsesIn } from '../../model/folded.ts';
import { liveKeys, type Roster } from '../../model/roster.ts';
import type { Site } from '../../model/site.ts';
import { watchedOf } from '../watch/subjects.ts';
import { type Known, known, type ProbedFact, unknown, type WatcherFacts } from './facts.ts';
import { asked, type Questions } from './questions.ts';

/** Every live vantage of `roster`, and the parts of its newest pulse as any relay holds them. */
export async function gatherWatchers(
  relays: readonly string[],
  roster: Roster,
  questions: Questions,
): Promise<Known<readonly WatcherFacts[]>> {
  if (relays.length === 0) return unknown('no relay is known: list them in site.yaml, or give --relay.');
  const org = organisation(roster.root);
  const filter = { kinds: [KIND.pulse], '#o': [org] };
  const answers = await Promise.all(relays.map((relay) => asked(questions.events(relay, filter))));
  const given = answers.flatMap((answer) => (answer.type === 'known' ? [answer.value] : []));
  if (given.length === 0) return unknown('no relay gave the pulses that it holds.');
  const verified = given.flat().map((event) => verifyEvent(event, org));
  const pulses = pulsesIn(
    verified.flatMap((one) => (one.type === 'ok' ? [one.event] : [])),
    roster,
  );
  const vantages = new Set(
    liveKeys(roster).flatMap(({ roles, vantage }) => (roles.includes('watcher') ? (vantage ?? []) : [])),
  );
  return known(
    [...vantages].sort().map((vantage) => ({
      vantage,
      parts: pulses
        .filter((pulse) => pulse.vantage === vantage)
        .map(({ at, valid_until, observations }) => ({
          at,
          valid_until,
          subjects: observations.map(({ subject }) => subject),
        })),
    })),
  );
}

/** What site.yaml says that watchers look at. */
export function probedOf(site: Site): readonly ProbedFact[] {
  const names = new Map<string, string>([
    ...site.components.map(({ id, name }) => [`component:${id}`, name] as const),
    ...site.vendors.map(({ id, name }) => [`vendor:${id}`, name] as const),
  ]);
  return watchedOf(site).map(({ subject }) => ({ subject, name: names.get(subject) ?? subject }));
}
