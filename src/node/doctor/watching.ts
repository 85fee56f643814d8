import { isAhead } from '../../model/freshness.ts';
import type { Pulse } from '../../model/pulse.ts';
import { pulseEnd } from '../../model/vantage-vote.ts';
import { type Facts, listed, type WatcherFacts } from './facts.ts';
import type { Finding } from './finding.ts';

/** More names than these are counted. */
const NAMED_MAX = 5;

/** Watchers that broke their own promise, and what no watcher looks at. `now` in milliseconds. */
export function notWatched({ watchers, probed }: Facts, now: number): readonly Finding[] {
  if (watchers.type === 'unknown') return [];
  const silent = watchers.value.flatMap((watcher): readonly Finding[] => {
    const sentence = whySilent(watcher, now);
    return sentence === null ? [] : [{ group: 'stale', rule: 'watcher', about: [], sentence }];
  });
  const seen = new Set(
    watchers.value.flatMap(({ parts }) =>
      parts.filter((part) => isBelieved(part, now)).flatMap(({ subjects }) => subjects),
    ),
  );
  const unseen = probed.filter(({ subject }) => !seen.has(subject)).map(({ name }) => name);
  if (unseen.length === 0) return silent;
  const sentence = `No watcher looks at ${few(unseen)}: start one with this site.yaml, or those again that read an older one.`;
  return [...silent, { group: 'stale', rule: 'unwatched', about: [], sentence }];
}

/** Null for a watcher that keeps its word. */
function whySilent({ vantage, parts }: WatcherFacts, now: number): string | null {
  if (parts.some((part) => isBelieved(part, now))) return null;
  const [newest] = parts.toSorted((a, b) => (a.at < b.at ? 1 : -1));
  const remedy = 'start "lifeboat watch" there, or remove its key with "lifeboat revoke"';
  if (newest === undefined) return `No relay that answers holds a pulse of the watcher "${vantage}": ${remedy}.`;
  if (isAhead(newest.at, now))
    return `The watcher "${vantage}" says that it is ${newest.at}, which is yet to come: set its clock, or the one here.`;
  return `The watcher "${vantage}" is silent: its newest pulse is of ${newest.at} and was to be followed by another before ${newest.valid_until}; ${remedy}.`;
}

function isBelieved(part: Pick<Pulse, 'at' | 'valid_until'>, now: number): boolean {
  return pulseEnd(part, now) > now;
}

function few(names: readonly string[]): string {
  const more = names.length - NAMED_MAX;
  return more <= 0 ? listed(names) : `${names.slice(0, NAMED_MAX).join(', ')} and ${more} more`;
}
