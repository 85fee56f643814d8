import { type Health, settle, UNTRIED } from '../../model/hysteresis.ts';
import type { Probe } from '../../model/site.ts';
import type { Platform } from '../../platform.ts';
import { runProbe } from './probe.ts';

/** A recovery is held back for so many intervals after the last one, at most ten minutes. */
const FLAPPING_INTERVALS = 10;
const FLAPPING_MAX_MS = 600_000;
/** The first result that differs is confirmed after a tenth of the interval, so that two fit into two intervals. */
const CONFIRM_MAX_MS = 2000;

export interface LoopOptions {
  readonly probe: Probe;
  readonly platform: Platform;
  readonly stop: AbortSignal;
  readonly onHealth: (health: Health) => void;
}

/** Runs one probe again and again until `stop`; each start is a little early, by chance, so that watchers spread out. */
export async function loop({ probe, platform, stop, onHealth }: LoopOptions): Promise<void> {
  const window = Math.min(FLAPPING_INTERVALS * probe.every_ms, FLAPPING_MAX_MS);
  let health = UNTRIED;
  while (!stop.aborted) {
    const started = platform.now();
    const result = await runProbe(probe, platform.now, stop);
    if (stop.aborted) return;
    const doubted = health.doubt !== null;
    health = settle(health, result, window);
    onHealth(health);
    const chance = (platform.random(1)[0] ?? 0) / 255;
    const confirming = health.doubt !== null && !doubted;
    const wait = confirming
      ? Math.min(probe.every_ms / 10, CONFIRM_MAX_MS)
      : probe.every_ms * (1 - chance / 10) - (platform.now() - started);
    await pause(platform, Math.max(0, wait), stop);
  }
}

/** Resolves after `ms`, or at once when `stop` says so. */
export function pause(platform: Platform, ms: number, stop: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const cancel = platform.after(ms, () => {
      stop.removeEventListener('abort', end);
      resolve();
    });
    function end(): void {
      cancel();
      resolve();
    }
    stop.addEventListener('abort', end, { once: true });
  });
}
