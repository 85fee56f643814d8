import type { BlindWriter } from '../../log/rooms/blind-writer.ts';
import { nextMidnight } from '../../model/days.ts';
import { type Health, UNTRIED } from '../../model/hysteresis.ts';
import type { DayBody, ObservationBody } from '../../model/public-content.ts';
import type { Site } from '../../model/site.ts';
import type { Platform } from '../../platform.ts';
import { createAlerter } from './alerter.ts';
import { owedDays } from './daybook.ts';
import { loop, pause } from './probe-loop.ts';
import { pulseTiming } from './pulse-timing.ts';
import { createPulseWriter } from './pulse-writer.ts';
import { beginSights, look, owedGaps } from './sight.ts';
import { watchedOf } from './subjects.ts';
import { earlier, type WatcherLog } from './watcher-log.ts';

/** Changes come in bursts, and the pulse of a large site is much to sign: so long it waits for others to join. */
const PULSE_GAP_MS = 250;

export interface WatcherOptions {
  readonly site: Site;
  /** Unlocked with a key that the roster names as a watcher of `vantage`. */
  readonly log: WatcherLog;
  /** Seals alerts for the members' room, which this key cannot read. */
  readonly seal: BlindWriter;
  readonly platform: Platform;
  /** Where this watcher looks from; the roster's word. */
  readonly vantage: string;
  readonly onTransition?: (transition: ObservationBody) => void;
  /** Told in one sentence what could not be written; the watcher goes on. */
  readonly onProblem?: (sentence: string) => void;
}

export interface Watcher {
  /** Stops probing and resolves when all that was seen is written. */
  close(): Promise<void>;
}

/**
 * Probes everything in `site` and signs what it sees: a transition at once, a pulse with it and at least every few
 * seconds, the roll-up of a day after UTC midnight; and seals an alert for the members where something gets worse or
 * recovers. Throws PlainError where `site` has too many probed components and vendors for one watcher.
 */
export function startWatcher(options: WatcherOptions): Watcher {
  const { site, log, platform, vantage, onTransition, onProblem } = options;
  const problem = onProblem ?? ((sentence: string) => process.stderr.write(`${sentence}\n`));
  const stop = new AbortController();
  const timing = pulseTiming(site);
  const watched = watchedOf(site);
  const subjects = watched.map(({ subject }) => subject);
  const writePulse = createPulseWriter({ log, vantage, subjects, valid_ms: timing.valid_ms });
  const held = earlier(log, vantage);
  const alerter = createAlerter(site, options.seal, held.transitions);
  const sights = beginSights(watched, held, platform.now());
  const repeats = new Set<() => void>();
  let written = Promise.resolve();
  let announcing = false;
  let pulsedAt = Number.NEGATIVE_INFINITY;

  /** One after the other, in the order seen. */
  function write(task: () => Promise<unknown>): void {
    written = written.then(async () => {
      await task().catch((error: unknown) => problem(`The watcher could not write: ${String(error)}`));
    });
  }

  function tell(transition: ObservationBody): void {
    write(() => log.writePublic('observation', transition));
    alerter.hear(transition);
    onTransition?.(transition);
  }

  /** Many changes at once make one pulse: it is built when its turn to be written comes. */
  function announce(): void {
    for (const sight of sights) lookAt(sight);
    if (announcing) return;
    announcing = true;
    write(alerter.write);
    write(async () => {
      // A clock that was set back must not hold it up.
      const gap = Math.min(pulsedAt + PULSE_GAP_MS - platform.now(), PULSE_GAP_MS);
      if (gap > 0) await pause(platform, gap, stop.signal);
      announcing = false;
      pulsedAt = platform.now();
      await writePulse(
        sights.map(({ seen }) => seen),
        pulsedAt,
      );
    });
  }

  function lookAt(sight: (typeof sights)[number]): boolean {
    const transition = look(sight, vantage, platform.now());
    if (transition) tell(transition);
    return transition !== undefined;
  }

  function rollUp(): void {
    write(async () => {
      const owed = owedDays(earlier(log, vantage), vantage, subjects, platform.now());
      for (const day of owed) await log.writePublic('day', day satisfies DayBody);
    });
  }

  /** Runs `task` after each `wait()` milliseconds until closed. */
  function repeat(wait: () => number, task: () => void): void {
    const cancel = platform.after(wait(), () => {
      repeats.delete(cancel);
      task();
      repeat(wait, task);
    });
    repeats.add(cancel);
  }

  for (const gap of owedGaps(watched, held, vantage, platform.now())) tell(gap);
  rollUp();
  repeat(() => timing.every_ms, announce);
  repeat(() => nextMidnight(platform.now()) - platform.now() + 1000, rollUp);
  const loops = sights.flatMap((sight) =>
    sight.probes.map((one) => {
      const onHealth = (health: Health) => {
        const first = one.health === UNTRIED;
        one.health = health;
        if (lookAt(sight) || first) announce();
      };
      return loop({ probe: one.probe, platform, stop: stop.signal, onHealth });
    }),
  );
  return {
    close: async () => {
      stop.abort();
      for (const cancel of repeats) cancel();
      await Promise.all(loops);
      await written;
    },
  };
}
