import { mkdir } from 'node:fs/promises';
import type { Log } from '../../log/log.ts';
import { claimsHash } from '../../log/published/claims.ts';
import { ADDRESSABLE_KINDS, KIND, type SignedEvent } from '../../model/event.ts';
import { fitState } from '../../model/fit.ts';
import { foldPublic } from '../../model/folded.ts';
import type { PageBody } from '../../model/public-content.ts';
import { type Site, statedSite } from '../../model/site.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import type { Platform } from '../../platform.ts';
import { assembleSite } from './assemble.ts';
import { removeOldDrafts } from './atomic.ts';
import { dataFiles } from './files.ts';
import { drawnPages } from './pages.ts';
import { partsFile, sha256 } from './parts.ts';
import { announceSnapshot, lastOwnSnapshot, nextClaims } from './sign.ts';
import { writeFiles } from './write-files.ts';

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
  readonly onPublish?: (snapshot: Snapshot, changed: boolean) => void;
  /** One plain sentence when a round fails; the next round tries again. */
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
  const { site, log, platform, dist, out } = options;
  await mkdir(out, { recursive: true });
  await removeOldDrafts(out, platform.now());
  const assembly = await assembleSite(dist, out, site, log.root, options.workerOn);
  let closed = false;
  let pending = false;
  let cancel = () => {};
  let queue: Promise<unknown> = Promise.resolve();
  const own = log.pubkey;
  let last = lastOwnSnapshot(log);

  // One round at a time: two would race for the number and for the files.
  function publishNow(): Promise<Snapshot> {
    const round = queue.then(publishRound);
    queue = round.catch(() => {});
    return round;
  }

  /** A pulse that says the same as the last one waits for the next regular round. */
  function isWorthARound(): boolean {
    if (last === null || platform.now() - Date.parse(last.generated_at) >= site.publish_every_ms) return true;
    const { state } = foldPublic(log.events(), log.roster(), statedSite(site), platform.now());
    return claimsHash(fitState(state)) !== claimsHash(last.state);
  }

  async function publishRound(): Promise<Snapshot> {
    const now = platform.now();
    const [events, roster] = [log.events(), log.roster()];
    const folded = foldPublic(events, roster, statedSite(site), now);
    const state = fitState(folded.state);
    const hash = claimsHash(state);
    const changed = last === null || claimsHash(last.state) !== hash;
    const claims = nextClaims(site, state, last?.seq ?? 0, now);
    const page: PageBody = { seq: claims.seq, state_sha256: hash };
    // What came in meanwhile is not in this state, so it has no place in the log beside it.
    const published = changed ? [...events, await log.writePublic('page', page)] : events;
    const files = dataFiles({ site, roster, folded, claims, events: published });
    const parts = partsFile(files, state);
    const snapshot: Snapshot = { ...claims, parts: sha256(parts) };
    const event = await announceSnapshot(log, snapshot);
    last = snapshot;
    await writeFiles(out, files, parts, event, drawnPages(assembly, snapshot, folded.said, hostOf(site)));
    options.onPublish?.(snapshot, changed);
    return snapshot;
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
      options.onTrouble?.(`the page could not be published (${String(error)}); trying again.`);
    }
    scheduleNext();
  }

  /** What came during a round is not in it: it must not wait for the next regular one. */
  function scheduleNext(): void {
    schedule(pending ? GATHER_MS : untilNextRound());
  }

  function untilNextRound(): number {
    const due = Date.parse(last?.generated_at ?? '') + site.publish_every_ms - platform.now();
    return Number.isNaN(due) ? site.publish_every_ms : Math.min(Math.max(due, GATHER_MS), site.publish_every_ms);
  }

  const end = log.onEvents((added) => {
    if (!added.some((event) => matters(event, own))) return;
    pending = true;
    schedule(GATHER_MS);
  });
  try {
    await publishNow();
  } catch (error) {
    end();
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
    },
  };
}

/** Own events do not start a round: it would never end. */
function matters({ kind, pubkey }: SignedEvent, own: string | null): boolean {
  return pubkey !== own && (kind === KIND.public || kind === KIND.roster || ADDRESSABLE_KINDS.includes(kind));
}

function hostOf(site: Site): string {
  return site.url === null ? site.name : new URL(site.url).host;
}
