import type { Log } from '../../log/log.ts';
import { KIND, type SignedEvent } from '../../model/event.ts';
import { ADDRESSABLE_KINDS } from '../../model/kind-sets.ts';
import type { Site } from '../../model/site.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import type { Platform } from '../../platform.ts';
import { pauseAfter } from './pause-after.ts';
import { openRounds } from './rounds.ts';
import type { Written } from './write-round.ts';

export interface PublisherOptions {
  readonly site: Site;
  /** Unlocked with a key that has the publisher role. */
  readonly log: Log;
  readonly platform: Pick<Platform, 'now' | 'after'>;
  /** The built site (`buildSite`). */
  readonly dist: string;
  /** The folder that hosts serve. */
  readonly out: string;
  readonly workerOn?: boolean;
  /** `changed`: readers get something else than a later time, or the first round of this process brings it. */
  readonly onPublish?: (snapshot: Snapshot, changed: boolean) => void;
  /** What each round wrote, for those who carry the files on to other hosts. */
  readonly onWritten?: (written: Written) => void;
  /** One plain sentence when a round fails, which is tried again, and when files are missing in the folder. */
  readonly onTrouble?: (sentence: string) => void;
}

export interface Publisher {
  /** Folds, signs and writes now; resolves when the files are in place. */
  publishNow(): Promise<Snapshot>;
  close(): Promise<void>;
}

/** Events come in bursts; one round answers for all of a burst. */
const GATHER_MS = 150;

/** Assembles the site, publishes once, then at every change of the public events and every `publish_every_ms`. */
export async function startPublisher(options: PublisherOptions): Promise<Publisher> {
  const { site, log, platform } = options;
  const rounds = await openRounds(options);
  let closed = false;
  let pending = false;
  let failures = 0;
  let cancel = () => {};
  let queue: Promise<unknown> = Promise.resolve();
  const own = log.pubkey;

  // One round at a time: two would race for the number and for the files.
  function publishNow(): Promise<Snapshot> {
    const round = queue.then(publishRound);
    queue = round.catch(() => {});
    return round;
  }

  async function publishRound(): Promise<Snapshot> {
    const { snapshot, changed } = await rounds.publish();
    options.onPublish?.(snapshot, changed);
    return snapshot;
  }

  /** A pulse that says the same as the last one waits for the next regular round. */
  function isWorthARound(): boolean {
    return platform.now() - (rounds.lastAt() ?? 0) >= site.publish_every_ms || rounds.hasNews();
  }

  function schedule(ms: number): void {
    cancel();
    cancel = closed ? () => {} : platform.after(ms, () => void tick());
  }

  async function tick(): Promise<void> {
    pending = false;
    try {
      if (isWorthARound()) await publishNow();
    } catch (error) {
      failures += 1;
      const pause = pauseAfter(failures);
      const why = error instanceof Error ? error.message.replace(/\.$/, '') : String(error);
      options.onTrouble?.(`the page could not be published (${why}); trying again in ${pause / 1000} s.`);
      return schedule(pause);
    }
    failures = 0;
    scheduleNext();
  }

  /** What came during a round is not in it: it must not wait for the next regular one. */
  function scheduleNext(): void {
    schedule(pending ? GATHER_MS : untilNextRound());
  }

  function untilNextRound(): number {
    const due = (rounds.lastAt() ?? platform.now()) + site.publish_every_ms - platform.now();
    return Math.min(Math.max(due, GATHER_MS), site.publish_every_ms);
  }

  const end = log.onEvents((added) => {
    if (!added.some((event) => matters(event, own))) return;
    pending = true;
    // A round that failed is tried again when that was said, or the pauses would never grow.
    if (failures === 0) schedule(GATHER_MS);
  });
  try {
    await publishNow();
  } catch (error) {
    end();
    rounds.close();
    throw error;
  }
  scheduleNext();
  return {
    publishNow,
    close: async () => {
      closed = true;
      cancel();
      end();
      await queue;
      rounds.close();
    },
  };
}

/** Own events do not start a round: it would never end. */
function matters({ kind, pubkey }: SignedEvent, own: string | null): boolean {
  return pubkey !== own && (kind === KIND.public || kind === KIND.roster || ADDRESSABLE_KINDS.includes(kind));
}
