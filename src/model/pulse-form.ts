import { KIND, type SignedEvent, tagValue } from './event.ts';
import type { Observation, Pulse, Subject } from './pulse.ts';
import { isPulsePlace } from './pulse-place.ts';
import { COMPONENT_STATUSES } from './status.ts';

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/**
 * The pulses among `events` that count: kind 33914, well formed, by a key that the roster knows as a watcher of that vantage,
 * in one of the places for it; of several in one place the newest, so that what was replaced never speaks again. `vantageOf` gives the roster's vantage of a live watcher key; `parse` reads canonical JSON and gives undefined for any other.
 */
export function trustedPulses(
  events: Iterable<SignedEvent>,
  vantageOf: (pubkey: string) => string | undefined,
  parse: (content: string) => unknown,
): Pulse[] {
  const newest = new Map<string, SignedEvent>();
  for (const event of events) {
    const vantage = event.kind === KIND.pulse ? vantageOf(event.pubkey) : undefined;
    if (vantage === undefined || !isPulsePlace(event, vantage)) continue;
    const place = `${event.pubkey} ${tagValue(event, 'd')}`;
    const other = newest.get(place);
    if (other === undefined || isNewer(event, other)) newest.set(place, event);
  }
  return [...newest.values()].flatMap(({ pubkey, content }) => {
    const pulse = readPulse(parse(content));
    return pulse !== undefined && pulse.vantage === vantageOf(pubkey) ? [pulse] : [];
  });
}

/** NIP-01, for addressable events. */
function isNewer(event: SignedEvent, other: SignedEvent): boolean {
  return event.created_at > other.created_at || (event.created_at === other.created_at && event.id < other.id);
}

/** A 33914's content, or undefined where the form is not that of a pulse: one that says two things of a subject says nothing. */
export function readPulse(value: unknown): Pulse | undefined {
  if (!isRecord(value) || value['v'] !== 1 || typeof value['vantage'] !== 'string') return undefined;
  if (!isTime(value['at']) || !isTime(value['valid_until']) || !Array.isArray(value['observations'])) return undefined;
  const observations: readonly unknown[] = value['observations'];
  if (!observations.every(isObservation)) return undefined;
  const subjects = new Set(observations.map(({ subject }) => subject));
  return subjects.size === observations.length ? (value as unknown as Pulse) : undefined;
}

/** Whether `value` has the form of an observation, in a pulse or as the body of a transition. */
export function isObservation(value: unknown): value is Observation {
  return (
    isRecord(value) &&
    isSubject(value['subject']) &&
    COMPONENT_STATUSES.some((status) => status === value['status']) &&
    (value['checked_at'] === null || isTime(value['checked_at'])) &&
    (value['changed_at'] === null || isTime(value['changed_at'])) &&
    (value['detail'] === null || typeof value['detail'] === 'string')
  );
}

function isSubject(value: unknown): value is Subject {
  return typeof value === 'string' && /^(component|vendor):./.test(value);
}

function isTime(value: unknown): value is string {
  return typeof value === 'string' && TIME.test(value) && !Number.isNaN(Date.parse(value));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
