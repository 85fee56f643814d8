import type { Blindness, BlindSpan } from '../../../model/blind-spans.ts';
import type { IsoTime } from '../../../model/clock.ts';
import { RECENT_MS } from '../../../model/state.ts';
import type { PageFacts } from '../page-facts.ts';
import { minuteText } from '../printed-time.ts';
import { named } from './incidents.ts';
import { shortId } from './short-id.ts';
import type { WireComponent, WireIncident, WireUpdate } from './wire.ts';

/** Ended spans that are kept in the list: it must not push out what people wrote. */
const ENDED_MAX = 10;

/**
 * v2 has no word for unknown, so that an incident says it: one for each time that the page was blind, which is resolved when
 * somebody can see again; and, which just go, one for each time at which what people said of unwatched components ended, and one
 * for components of which nobody ever said anything. Its code follows from its beginning, so it is the same in every round, after every restart and from every publisher.
 */
export function unknownIncidents(
  facts: PageFacts,
  { spans, told, never }: Blindness,
  all: readonly WireComponent[],
): readonly WireIncident[] {
  const since = facts.now - RECENT_MS;
  const open = spans.filter(({ until }) => until === null);
  const ended = spans.filter(({ until }) => until !== null && Date.parse(until) > since).slice(-ENDED_MAX);
  // Nothing is known of a page without components either.
  const isNever = never.length > 0 || all.length === 0;
  const first: BlindSpan = { from: facts.founded, until: null, components: never };
  return [
    ...[...ended, ...open].map((span) => unknownIncident(facts, span, `unknown:${span.from}`, RAN_OUT, all)),
    ...told.map((span) => unknownIncident(facts, span, `unknown:told:${span.from}`, TOLD, all)),
    ...(isNever ? [unknownIncident(facts, first, 'unknown:never', NEVER, all)] : []),
  ];
}

const RAN_OUT = 'No watcher could confirm the status since then. It is not known; it may be well or not.';
const TOLD = 'Nobody has confirmed the status since then. It is not known; it may be well or not.';
const NEVER = 'Nobody has confirmed the status since this page began. It is not known; it may be well or not.';
const ENDED = 'The status is being confirmed again.';

function unknownIncident(
  facts: PageFacts,
  { from, until, components }: BlindSpan,
  seed: string,
  body: string,
  all: readonly WireComponent[],
): WireIncident {
  const code = shortId(`${facts.org}:${seed}`);
  const update = (status: 'investigating' | 'resolved', text: string, at: IsoTime): WireUpdate => ({
    id: shortId(`${facts.org}:${seed}:${status}`),
    status,
    body: text,
    incident_id: code,
    created_at: at,
    updated_at: at,
    display_at: at,
    affected_components: null,
    deliver_notifications: false,
    custom_tweet: null,
    tweet_id: null,
  });
  const begun = update('investigating', body, from);
  return {
    id: code,
    name: `Status unknown since ${minuteText(from, facts.zone)}`,
    status: until === null ? 'investigating' : 'resolved',
    created_at: from,
    updated_at: until ?? from,
    monitoring_at: null,
    resolved_at: until,
    impact: 'minor',
    // It has no page of its own: nobody wrote it.
    shortlink: `${facts.url}/`,
    started_at: from,
    page_id: facts.id,
    incident_updates: until === null ? [begun] : [update('resolved', ENDED, until), begun],
    components: named(facts, components, all),
  };
}
