import { isAhead } from '../model/freshness.ts';
import { laterOf } from '../model/skew.ts';
import { type CurrentCopy, ended, found, NO_COPY, opened } from './current-copy.ts';
import { type HeldCopy, readHeld, writeHeld } from './held-copy.ts';
import { inTime } from './in-time.ts';
import type { Place } from './places.ts';
import { readerNow as now, trustClock } from './reader-clock.ts';
import type { Shelf } from './shelf.ts';
import { warn } from './warn.ts';

export interface Following {
  readonly root: string;
  readonly places: readonly Place[];
  readonly shelf: Shelf;
  /** How often an open page asks for a newer snapshot. */
  readonly ask_every_ms: number;
  readonly onChange: (current: CurrentCopy) => void;
}

/** A page that nobody looks at asks this seldom. */
const HIDDEN_ASK_MS = 30_000;

/**
 * Follows the newest verified copy: the one on this device at once, then what the places say, for as long as the page is open.
 * `onChange` is first called before this returns. `begin` is to be called after the first paint; it tells when what this device
 * holds is known, and resolves when the places were asked once.
 */
export function follow({ root, places, shelf, ask_every_ms, onChange }: Following): {
  begin(onOpened: () => void): Promise<void>;
} {
  let current = opened(NO_COPY, readHeld(shelf, root));
  let asking = false;
  let nextAsk = 0;
  let hear: (() => Promise<void>) | null = null;

  function change(next: CurrentCopy): void {
    current = next;
    onChange(current);
  }

  const question = () => ({ root, places, shelf, held: current.copy, now });

  /** Whether the copy is shown now. `offset`: the device's clock against the hosts', in ms. */
  function take(copy: HeldCopy, offset: number | null): boolean {
    const before = current;
    const later = laterOf(now(), offset);
    const next = found(before, copy, later);
    if (next === before) return false;
    if (!isAhead(copy.snapshot.generated_at, later)) {
      writeHeld(shelf, copy);
      // Not waited for: a database that never answers must not end the asking.
      if (copy.event.id !== before.copy?.event.id) void keep(shelf, copy).catch(warn);
    }
    change(next);
    return true;
  }

  async function round(): Promise<void> {
    if (asking) return;
    asking = true;
    clearTimeout(nextAsk);
    let confirmed = false;
    try {
      const { refresh } = await inTime(import('./refresh.ts'));
      const { trouble, offset } = await refresh(question(), (copy, offset) => {
        confirmed = take(copy, offset) || confirmed;
      });
      if (offset !== null) trustClock();
      change(ended(current, { confirmed, trouble, offset }));
    } catch (error) {
      // The verifier itself could not be loaded, say. The page goes on to decay, says so and asks again.
      warn(error);
      change(ended(current, { confirmed, trouble: 'unreachable', offset: null }));
    }
    asking = false;
    nextAsk = window.setTimeout(() => void round(), document.hidden ? HIDDEN_ASK_MS : pause());
    if (!document.hidden) void hearTheOthers().catch(warn);
  }

  /** Readers who opened the page at one moment must not go on asking at one moment. */
  function pause(): number {
    return ask_every_ms * (0.85 + Math.random() * 0.3);
  }

  async function hearTheOthers(): Promise<void> {
    hear ??= (await import('./hearing.ts')).hearing({ question, current: () => current, take, change });
    await hear();
  }

  async function begin(onOpened: () => void): Promise<void> {
    if (current.copy === null) {
      await openKept().catch(warn);
    }
    onOpened();
    document.addEventListener('visibilitychange', () => !document.hidden && void round());
    window.addEventListener('online', () => void round());
    await round();
  }

  async function openKept(): Promise<void> {
    const { newestCopy } = await inTime(import('./keep.ts'));
    change(opened(current, await newestCopy(shelf, root)));
  }

  onChange(current);
  return { begin };
}

async function keep(shelf: Shelf, copy: HeldCopy): Promise<void> {
  const { keepCopy } = await import('./keep.ts');
  await keepCopy(shelf, copy);
}
