import { atom, computed } from 'nanostores';
import type { Log } from '../log/log.ts';
import type { SignedEvent } from '../model/event.ts';
import type { Platform } from '../platform.ts';

const GATHER_MS = 40;

/** This device's copy of the log; null before the bridge has started. */
export const $log = atom<Log | null>(null);
/** Counts up when events or receipts came in, or a relay's word changed. */
export const $version = atom(0);
/** Every held event; another array as soon as one was added. Whoever folds the log listens to this. */
export const $events = computed([$log, $version], (log): readonly SignedEvent[] => log?.events() ?? []);

/** The log as soon as it is open: storage that hangs makes it late, and a person may be quicker. */
export function openedLog(): Promise<Log> {
  return new Promise((resolve) => {
    const stop = $log.subscribe((log) => {
      if (log === null) return;
      resolve(log);
      queueMicrotask(() => stop());
    });
  });
}

/** Follows `log`; a burst of thousands of events (the first synchronisation) becomes a few updates. */
export function followLog(log: Log, platform: Pick<Platform, 'after'>): () => void {
  let cancel: (() => void) | null = null;
  const changed = () => {
    cancel ??= platform.after(GATHER_MS, () => {
      cancel = null;
      $version.set($version.get() + 1);
    });
  };
  $log.set(log);
  $version.set($version.get() + 1);
  const stops = [log.onEvents(changed), log.onReceipts(changed), log.onLinks(changed)];
  return () => {
    for (const stop of stops) stop();
    cancel?.();
    $log.set(null);
  };
}
