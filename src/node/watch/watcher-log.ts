import type { Log } from '../../log/log.ts';
import { parseCanonical } from '../../model/canonical.ts';
import { KIND, type SignedEvent, tagValue } from '../../model/event.ts';
import type { ObservationBody, PublicContent } from '../../model/public-content.ts';
import type { Pulse } from '../../model/pulse.ts';
import { isObservation, readPulse } from '../../model/pulse-form.ts';
import { isPulsePlace } from '../../model/pulse-place.ts';

/** The part of the log that a watcher reads and writes through; it must be unlocked with the watcher's key. */
export type WatcherLog = Pick<Log, 'org' | 'pubkey' | 'events' | 'announce' | 'writePublic'>;

/** What this watcher itself said earlier, as the log holds it: one that starts again goes on from there. */
export interface Earlier {
  /** Oldest first. */
  readonly transitions: readonly ObservationBody[];
  /** The days that are rolled up already, and of which subjects that is told. */
  readonly days: ReadonlyMap<string, ReadonlySet<string>>;
  /** The last parts of the pulse, in no particular order. */
  readonly pulses: readonly Pulse[];
}

export function earlier(log: Pick<WatcherLog, 'events' | 'pubkey'>, vantage: string): Earlier {
  const own = log.events().filter((event) => event.pubkey === log.pubkey);
  const bodies = own.filter(({ kind }) => kind === KIND.public).flatMap((event) => bodyOf(event, vantage));
  return {
    transitions: bodies.flatMap((body) => (body.type === 'observation' ? body.transition : [])).sort(byChange),
    days: subjectsByDay(bodies),
    pulses: ownPulses(log, vantage).map(({ pulse }) => pulse),
  };
}

function subjectsByDay(bodies: readonly Body[]): Earlier['days'] {
  const days = new Map<string, Set<string>>();
  for (const body of bodies) {
    if (body.type !== 'day') continue;
    days.set(body.day, new Set([...(days.get(body.day) ?? []), ...body.subjects]));
  }
  return days;
}

/** What this watcher's pulse says in each of its places. */
export function ownPulses(
  { events, pubkey }: Pick<WatcherLog, 'events' | 'pubkey'>,
  vantage: string,
): readonly { readonly place: string; readonly pulse: Pulse }[] {
  return events()
    .filter((event) => event.kind === KIND.pulse && event.pubkey === pubkey && isPulsePlace(event, vantage))
    .flatMap((event) => {
      const pulse = readPulse(parseCanonical(event.content));
      return pulse?.vantage === vantage ? [{ place: tagValue(event, 'd') ?? '', pulse }] : [];
    });
}

type Body =
  | { readonly type: 'observation'; readonly transition: ObservationBody }
  | { readonly type: 'day'; readonly day: string; readonly subjects: readonly string[] };

function bodyOf({ content }: SignedEvent, vantage: string): Body[] {
  const read = parseCanonical(content) as PublicContent | undefined;
  const body = read?.body as Readonly<Record<string, unknown>> | null | undefined;
  if (body?.['vantage'] !== vantage) return [];
  const { day, seconds } = body;
  if (read?.type === 'day' && typeof day === 'string')
    return [{ type: 'day', day, subjects: Object.keys(seconds ?? {}) }];
  if (read?.type !== 'observation' || !isObservation(body)) return [];
  return [{ type: 'observation', transition: body as unknown as ObservationBody }];
}

function byChange(a: ObservationBody, b: ObservationBody): number {
  return Date.parse(a.changed_at ?? '') - Date.parse(b.changed_at ?? '') || 0;
}
