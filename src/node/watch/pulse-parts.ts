import { MAX_EVENT_BYTES } from '../../log/event.ts';
import { canonical } from '../../model/canonical.ts';
import { isoTime } from '../../model/clock.ts';
import { chainName, KIND } from '../../model/event.ts';
import type { Observation, Pulse, Subject } from '../../model/pulse.ts';
import { PULSE_PARTS_MAX } from '../../model/pulse-place.ts';
import { PlainError } from '../plain-error.ts';
import { bytesInside, dealtOut } from './event-room.ts';
import { nothingSeen } from './subjects.ts';

/** Kept free for the detail of each observation: twice a usual sentence. */
const DETAIL_BYTES = 48;

/**
 * The subjects that each part of the pulse speaks of, in the order given and in as few parts as surely hold them. It follows
 * from their names alone: no sentence of a probe moves a subject to another part. Throws PlainError where they are too many.
 */
export function pulseParts(
  org: string,
  vantage: string,
  subjects: readonly Subject[],
): readonly (readonly Subject[])[] {
  const room = MAX_EVENT_BYTES - eventBytes(org, pulse(vantage, []));
  const bytesOf = (subject: Subject) => bytesInside(canonical(longest(subject))) + 1 + DETAIL_BYTES;
  const parts = dealtOut(subjects, bytesOf, room);
  if (parts.length <= PULSE_PARTS_MAX) return parts;
  const most = parts.slice(0, PULSE_PARTS_MAX).flat().length;
  throw new PlainError(
    `site.yaml names ${subjects.length} components and vendors with probes, and one watcher can speak of ${most}: share them among several watchers.`,
  );
}

/** The same pulse, or one that fits an event: the details give way, those of what is well first. */
export function fitted(org: string, whole: Pulse): Pulse {
  const sparing = (keeps: (observation: Observation) => boolean): Pulse => ({
    ...whole,
    observations: whole.observations.map((one) => (keeps(one) ? one : { ...one, detail: null })),
  });
  const troubleOnly = sparing(({ status }) => status !== 'operational');
  const fits = (one: Pulse) => eventBytes(org, one) <= MAX_EVENT_BYTES;
  return [whole, troubleOnly].find(fits) ?? sparing(() => false);
}

/** An observation that needs no more than this, but for its detail. */
function longest(subject: Subject): Observation {
  const at = isoTime(0);
  return { ...nothingSeen(subject), status: 'degraded_performance', checked_at: at, changed_at: at };
}

function pulse(vantage: string, observations: readonly Observation[]): Pulse {
  return { v: 1, vantage, at: isoTime(0), valid_until: isoTime(0), observations };
}

/** UTF-8 bytes of the signed event, in the longest of its places. */
function eventBytes(org: string, content: Pulse): number {
  const d = chainName.pulse(org, content.vantage, PULSE_PARTS_MAX);
  const tags = [
    ['o', org],
    ['d', d],
  ];
  const [key, sig] = ['0'.repeat(64), '0'.repeat(128)];
  const event = { id: key, pubkey: key, created_at: 1e9, kind: KIND.pulse, tags, content: canonical(content), sig };
  return Buffer.byteLength(JSON.stringify(event));
}
