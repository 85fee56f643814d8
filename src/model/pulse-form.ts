import { KIND, type SignedEvent } from './event.ts';
import type { Observation, Pulse, Subject } from './pulse.ts';
import { COMPONENT_STATUSES } from './status.ts';

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/**
 * The pulses among `events` that count: kind 33914, well formed, by a key that the roster knows as a watcher of that vantage.
 * `vantageOf` gives the roster's vantage of a live watcher key; `parse` reads canonical JSON and gives undefined for any other.
 */
export function trustedPulses(
  events: Iterable<SignedEvent>,
  vantageOf: (pubkey: string) => string | undefined,
  parse: (content: string) => unknown,
): Pulse[] {
  const pulses: Pulse[] = [];
  for (const event of events) {
    if (event.kind !== KIND.pulse) continue;
    const vantage = vantageOf(event.pubkey);
    const pulse = vantage === undefined ? undefined : readPulse(parse(event.content));
    if (pulse && pulse.vantage === vantage) pulses.push(pulse);
  }
  return pulses;
}

/** A 33914's content, or undefined where the form is not that of a pulse. */
export function readPulse(value: unknown): Pulse | undefined {
  if (!isRecord(value) || value['v'] !== 1 || typeof value['vantage'] !== 'string') return undefined;
  if (!isTime(value['at']) || !isTime(value['valid_until']) || !Array.isArray(value['observations'])) return undefined;
  return value['observations'].every(isObservation) ? (value as unknown as Pulse) : undefined;
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
