import { claimsHash } from '../../log/published/claims.ts';
import type { Folded } from '../../model/folded.ts';
import { recordsOf } from '../../model/public-record.ts';
import { statedSite } from '../../model/site.ts';
import { type Assembly, assembleSite } from './assemble.ts';
import { removeOldDrafts } from './atomic.ts';
import { holdFolder } from './folder-lock.ts';
import { createFolding, type Moment } from './folding.ts';
import { createLogMemory } from './log-memory.ts';
import { openPartStore } from './part-store.ts';
import type { PublisherOptions } from './publisher.ts';
import { makeReadableFolder, makeSiteReadable } from './readable.ts';
import { openRecordFolders } from './record-folders.ts';
import { makeRound, type Round } from './round.ts';
import { isSameList } from './same-list.ts';
import { lastOwnSnapshot } from './sign.ts';
import { createFileMemory } from './site-file.ts';
import { openSiteFolder } from './site-folder.ts';
import { createRoundWriter } from './write-round.ts';

export interface PublishedRound extends Round {
  /** Whether it brings anything else than the time to what lay in the folder; what the first of a process brings is not known. */
  readonly changed: boolean;
}

/** One round after the other into one folder; when is the publisher's affair. */
export interface Rounds {
  /** When the newest round that lies in the folder was made, in Unix ms; null before the first. */
  lastAt(): number | null;
  /** Whether a round now would say anything else than the last one did; a later check alone is nothing else. */
  hasNews(): boolean;
  /** Folds, signs and writes; not to be called again before it has resolved. */
  publish(): Promise<PublishedRound>;
  /** Lets other publishers into the folder. */
  close(): void;
}

/** Takes the folder for this publisher and assembles the site in it. Throws PlainError where another has it. */
export async function openRounds(options: PublisherOptions): Promise<Rounds> {
  const { dist, out, site, log, workerOn } = options;
  await makeReadableFolder(out);
  const release = holdFolder(out);
  try {
    await removeOldDrafts(out, options.platform.now());
    await makeSiteReadable(out);
    return await roundsInto(options, await assembleSite(dist, out, site, log.root, workerOn), release);
  } catch (error) {
    release();
    throw error;
  }
}

async function roundsInto(options: PublisherOptions, assembly: Assembly, hold: () => void): Promise<Rounds> {
  const { site, log, platform, out, onWritten, onTrouble } = options;
  const folder = openSiteFolder(out, assembly.paths);
  const store = await openPartStore(out, folder, platform.now());
  const writer = createRoundWriter(folder, store, openRecordFolders(out, folder));
  const fold = createFolding(statedSite(site));
  const memory = { fileOf: createFileMemory(), logOf: createLogMemory() };
  /** Its number is never given again, though writing it may have failed: it was signed and announced. */
  let last = lastOwnSnapshot(log);
  let lastAt: number | null = null;
  let release = hold;
  /** Hash of what the last round said, before it was cut to fit. */
  let said: string | null = null;
  /** What it knew of incidents and maintenances: an old one that was corrected is in no snapshot, and is news all the same. */
  let records: readonly unknown[] = [];
  let purged: readonly string[] = [];

  function foldNow(): Moment & { readonly folded: Folded } {
    const moment = { events: log.events(), roster: log.roster(), now: platform.now() };
    return { ...moment, folded: fold(moment) };
  }

  function isNews({ folded, roster }: ReturnType<typeof foldNow>): boolean {
    // The fold keeps the object of each record about which nothing new was said.
    const isSame = isSameList(recordsOf(folded.said), records) && isSameList([...roster.purged], purged);
    return !isSame || claimsHash(folded.state) !== said;
  }

  /** The folder was removed with its lock, so that is taken first. */
  async function restore(): Promise<void> {
    release();
    release = () => {};
    await makeReadableFolder(out);
    release = holdFolder(out);
    await assembly.restore();
    onTrouble?.(
      `${out} had lost files: the site is written again; "lifeboat vault build" brings sealed runbooks back.`,
    );
  }

  return {
    lastAt: () => lastAt,
    hasNews: () => isNews(foldNow()),
    publish: async () => {
      const moment = foldNow();
      const changed = lastAt === null || isNews(moment);
      const round = await makeRound({ ...moment, ...memory, site, log, assembly, last });
      last = round.snapshot;
      const written = await writer.write(round, moment.now, restore);
      lastAt = moment.now;
      said = claimsHash(moment.folded.state);
      records = recordsOf(moment.folded.said);
      const isPurge = !isSameList([...moment.roster.purged], purged);
      const gone = isPurge ? [...written.gone, ...(await store.forgetOlder())] : written.gone;
      purged = [...moment.roster.purged];
      onWritten?.({ ...written, gone });
      return { ...round, changed };
    },
    close: () => release(),
  };
}
