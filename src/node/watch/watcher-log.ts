import type { Log } from '../../log/log.ts';
import { parseCanonical } from '../../model/canonical.ts';
import { KIND, type SignedEvent } from '../../model/event.ts';
import type { ObservationBody, PublicContent } from '../../model/public-content.ts';
import type { Pulse } from '../../model/pulse.ts';
import { isObservation, readPulse } from '../../model/pulse-form.ts';

/** The part of the log that a watcher reads and writes through; it must be unlocked with the watcher's key. */
export type WatcherLog = Pick<Log, 'org' | 'pubkey' | 'events' | 'announce' | 'writePublic'>;

/** What this watcher itself said earlier, as the log holds it: one that starts again goes on from there. */
export interface Earlier {
  /** Oldest first. */
  readonly transitions: readonly ObservationBody[];
  /** The days that are rolled up already. */
  readonly days: ReadonlySet<string>;
  /** The last pulse, or undefined. */
  readonly pulse: Pulse | undefined;
}

export function earlier(log: Pick<WatcherLog, 'events' | 'pubkey'>, vantage: string): Earlier {
  const own = log.events().filter((event) => event.pubkey === log.pubkey);
  const bodies = own.filter(({ kind }) => kind === KIND.public).flatMap((event) => bodyOf(event, vantage));
  const pulses = own.filter(({ kind }) => kind === KIND.pulse).flatMap(({ content }) => pulseIn(content) ?? []);
  return {
    transitions: bodies.flatMap((body) => (body.type === 'observation' ? body.transition : [])).sort(byChange),
    days: new Set(bodies.flatMap((body) => (body.type === 'day' ? body.day : []))),
    pulse: pulses.filter((pulse) => pulse.vantage === vantage).sort((a, b) => (a.at < b.at ? 1 : -1))[0],
  };
}

type Body =
  | { readonly type: 'observation'; readonly transition: ObservationBody }
  | { readonly type: 'day'; readonly day: string };

function bodyOf({ content }: SignedEvent, vantage: string): Body[] {
  const read = parseCanonical(content) as PublicContent | undefined;
  const body = read?.body as { readonly vantage?: unknown; readonly day?: unknown } | null | undefined;
  if (body?.vantage !== vantage) return [];
  if (read?.type === 'day' && typeof body.day === 'string') return [{ type: 'day', day: body.day }];
  if (read?.type !== 'observation' || !isObservation(body)) return [];
  return [{ type: 'observation', transition: body as ObservationBody }];
}

function pulseIn(content: string): Pulse | undefined {
  return readPulse(parseCanonical(content));
}

function byChange(a: ObservationBody, b: ObservationBody): number {
  return Date.parse(a.changed_at ?? '') - Date.parse(b.changed_at ?? '') || 0;
}
