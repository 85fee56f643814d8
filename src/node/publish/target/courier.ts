import type { Platform } from '../../../platform.ts';
import { MANIFEST, SNAPSHOT } from '../landmarks.ts';
import { pauseAfter } from '../pause-after.ts';
import { SWEPT_FOLDERS } from '../record-folders.ts';
import type { Written } from '../write-round.ts';
import { openWaiting } from './batch.ts';
import type { Batch, Target } from './target.ts';

/** What a person is told of one target. */
export type CourierNews =
  | { readonly type: 'holds'; readonly target: string; readonly seq: number; readonly files: number }
  | { readonly type: 'trouble'; readonly target: string; readonly sentence: string; readonly holds: number | null };

export interface CourierOptions {
  readonly target: Target;
  /** The published folder. */
  readonly out: string;
  /** A folder for this courier alone. */
  readonly place: string;
  readonly platform: Pick<Platform, 'after'>;
  readonly tell: (news: CourierNews) => void;
  /** A target that failed so often in a row is given up; for ever where it is left out. */
  readonly tries?: number;
}

export interface Courier {
  /** The state with this number was written; `isWhole`: what the target lacks is not known, so everything is offered. */
  offer(seq: number, written: Written, isWhole: boolean): void;
  /** Resolves when the target holds all that was offered (true), or when so many tries in a row failed (false). */
  settled(tries: number): Promise<boolean>;
  /** Ends at once what is under way; the target keeps what it holds. */
  close(): Promise<void>;
}

/** Carries every round to one target, in its own time and as often as it takes. */
export function startCourier({ target, out, place, platform, tell, tries: most }: CourierOptions): Courier {
  const waiting = openWaiting(out, place);
  const stop = new AbortController();
  let offered: number | null = null;
  let holds: number | null = null;
  /** What the target lacks is not known: the next round, when it is written, brings everything. */
  let isUnsure = false;
  let failures = 0;
  let running: Promise<void> | null = null;
  let cancel = () => {};
  const gone = new Set<string>();
  const watchers = new Set<() => void>();

  function go(): void {
    cancel();
    if (running !== null || stop.signal.aborted) return;
    running = carry().finally(() => {
      running = null;
      for (const look of watchers) look();
      if (failures === most) return;
      if (failures > 0) cancel = platform.after(pauseAfter(failures), go);
      else if (holds !== offered && !isUnsure) go();
    });
  }

  async function carry(): Promise<void> {
    const seq = offered;
    let batch: Batch | null = null;
    // What goes meanwhile may still be named by what is brought now.
    const leaving = new Set(gone);
    try {
      if (!waiting.isWhole() && !(await target.holds([MANIFEST, SNAPSHOT], stop.signal))) return lost();
      batch = waiting.take();
      if (batch !== null) await target.put(batch, stop.signal);
      if (batch?.whole === true)
        for (const path of await leftOver(batch)) {
          leaving.add(path);
          // Until it is really gone, for only a whole batch tells what is left over.
          gone.add(path);
        }
      waiting.done();
      if (leaving.size > 0) await target.remove([...leaving], stop.signal);
      for (const path of leaving) gone.delete(path);
      failures = 0;
      holds = seq;
      const files = batch?.phases.reduce((sum, { paths }) => sum + paths.length, 0) ?? 0;
      if (seq !== null) tell({ type: 'holds', target: target.name, seq, files });
    } catch (error) {
      waiting.back();
      isUnsure = batch?.whole !== true;
      failures += 1;
      if (!stop.signal.aborted) tell({ type: 'trouble', target: target.name, sentence: sentenceOf(error), holds });
    }
  }

  /** A host was made anew, a bucket emptied, a disk is not mounted: a round alone would leave most of the site out. */
  function lost(): void {
    [isUnsure, failures, holds] = [true, 0, null];
    const sentence = `${target.name} has lost what it was brought; with the next round everything is brought again.`;
    tell({ type: 'trouble', target: target.name, sentence, holds });
  }

  /** What an earlier life of the publisher brought and this one does not know: it may have been purged meanwhile. */
  async function leftOver({ phases }: Batch): Promise<readonly string[]> {
    const published = new Set(phases.flatMap(({ paths }) => paths));
    return (await target.list(SWEPT_FOLDERS, stop.signal)).filter((path) => !published.has(path));
  }

  function sentenceOf(error: unknown): string {
    const words = error instanceof Error ? error.message : String(error);
    const next = failures === most ? 'given up' : `trying again in ${pauseAfter(failures) / 1000} s`;
    return `${target.name} could not be written: ${words.replace(/\.$/, '')}; ${next}.`;
  }

  return {
    offer: (seq, written, isWhole) => {
      if (isWhole || isUnsure) waiting.addAll();
      else waiting.add(written);
      isUnsure = false;
      offered = seq;
      waiting.drop(written.gone);
      for (const path of written.gone) gone.add(path);
      for (const path of written.phases.flatMap(({ paths }) => paths)) gone.delete(path);
      if (failures === 0) go();
    },
    settled: (tries) =>
      new Promise((resolve) => {
        const look = () => {
          const isHeld = running === null && failures === 0 && holds === offered;
          if (!isHeld && failures < tries) return;
          watchers.delete(look);
          resolve(isHeld);
        };
        watchers.add(look);
        look();
      }),
    close: async () => {
      stop.abort();
      cancel();
      await running;
    },
  };
}
