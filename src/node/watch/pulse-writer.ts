import { canonical } from '../../model/canonical.ts';
import { isoTime } from '../../model/clock.ts';
import { KIND } from '../../model/event.ts';
import type { Observation, Pulse, Subject } from '../../model/pulse.ts';
import { pulsePlaces } from '../../model/pulse-place.ts';
import { fitted, pulseParts } from './pulse-parts.ts';
import { ownPulses, type WatcherLog } from './watcher-log.ts';

export interface PulseWriterOptions {
  readonly log: WatcherLog;
  readonly vantage: string;
  /** All that is watched. */
  readonly subjects: readonly Subject[];
  /** How long a pulse may be believed. */
  readonly valid_ms: number;
}

/** Signs what is seen at `now` (Unix ms), in as many parts as it needs. */
export type PulseWriter = (seen: readonly Observation[], now: number) => Promise<void>;

/** Throws PlainError where the subjects are too many for one watcher. */
export function createPulseWriter({ log, vantage, subjects, valid_ms }: PulseWriterOptions): PulseWriter {
  const parts = pulseParts(log.org, vantage, subjects);
  const places = pulsePlaces(log.org, vantage).slice(0, parts.length);

  return async (seen, now) => {
    const saying = (observations: readonly Observation[]): Pulse => {
      return { v: 1, vantage, at: isoTime(now), valid_until: isoTime(now + valid_ms), observations };
    };
    const about = new Map(seen.map((observation) => [observation.subject, observation]));
    const spoken = places.map((place, index) => {
      const observations = (parts[index] ?? []).flatMap((subject) => about.get(subject) ?? []);
      return { place, pulse: fitted(log.org, saying(observations)) };
    });
    // An earlier start may have needed more parts: what they say ends now, not when it runs out.
    const left = ownPulses(log, vantage).filter(
      ({ place, pulse }) => !places.includes(place) && pulse.observations.length > 0,
    );
    const emptied = left.map(({ place }) => ({ place, pulse: saying([]) }));
    // With a longer site.yaml subjects move to later parts: the later one speaks of them before the earlier one is silent.
    for (const { place, pulse } of [...spoken.reverse(), ...emptied])
      await log.announce({ kind: KIND.pulse, d: place, content: canonical(pulse) });
  };
}
