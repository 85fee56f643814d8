import { mkdir } from 'node:fs/promises';
import { claimsHash } from '../../log/published/claims.ts';
import type { Folded } from '../../model/folded.ts';
import type { PublicFold } from '../../model/incidents.ts';
import { statedSite } from '../../model/site.ts';
import { type Assembly, assembleSite } from './assemble.ts';
import { removeOldDrafts } from './atomic.ts';
import { holdFolder } from './folder-lock.ts';
import { createFolding, type Moment } from './folding.ts';
import { createLogMemory } from './log-memory.ts';
import { openPartStore } from './part-store.ts';
import type { PublisherOptions } from './publisher.ts';
import { openRecordFolders } from './record-folders.ts';
import { makeRound, type Round } from './round.ts';
import { isSameList } from './same-list.ts';
import { lastOwnSnapshot } from './sign.ts';
import { createFileMemory } from './site-file.ts';
import { openSiteFolder } from './site-folder.ts';
import { createRoundWriter } from './write-round.ts';

/** One round after the other into one folder; when is the publisher's affair. */
export interface Rounds {
  /** When the last round's snapshot was made, in Unix ms; null before the first. */
  lastAt(): number | null;
  /** Whether a round now would say anything else than the last one did; a later check alone is nothing else. */
  hasNews(): boolean;
  /** Folds, signs and writes; not to be called again before it has resolved. */
  publish(): Promise<Round>;
  /** Lets other publishers into the folder. */
  close(): void;
}

/** Takes the folder for this publisher and assembles the site in it. Throws PlainError where another has it. */
export async function openRounds(options: PublisherOptions): Promise<Rounds> {
  const { dist, out, site, log, workerOn } = options;
  await mkdir(out, { recursive: true });
  const release = holdFolder(out);
  try {
    await removeOldDrafts(out, options.platform.now());
    return await roundsInto(options, await assembleSite(dist, out, site, log.root, workerOn), release);
  } catch (error) {
    release();
    throw error;
  }
}

async function roundsInto(options: PublisherOptions, assembly: Assembly, release: () => void): Promise<Rounds> {
  const { site, log, platform, out, onWritten } = options;
  const folder = openSiteFolder(out);
  const store = await openPartStore(out, folder, platform.now());
  const writer = createRoundWriter(folder, store, openRecordFolders(out, folder));
  const fold = createFolding(statedSite(site));
  const memory = { fileOf: createFileMemory(), logOf: createLogMemory() };
  let last = lastOwnSnapshot(log);
  /** Hash of what the last round said, before it was cut to fit. */
  let said: string | null = null;
  /** What it knew of incidents and maintenances: an old one that was corrected is in no snapshot, and is news all the same. */
  let records: readonly unknown[] = [];
  let purged: readonly string[] = [];

  function foldNow(): Moment & { readonly folded: Folded } {
    const moment = { events: log.events(), roster: log.roster(), now: platform.now() };
    return { ...moment, folded: fold(moment) };
  }

  return {
    lastAt: () => (last === null ? null : Date.parse(last.generated_at)),
    hasNews: () => {
      const { folded, roster } = foldNow();
      const isSame = isSameList(recordsOf(folded.said), records) && isSameList([...roster.purged], purged);
      return !isSame || claimsHash(folded.state) !== said;
    },
    publish: async () => {
      const moment = foldNow();
      const round = await makeRound({ ...moment, ...memory, site, log, assembly, last });
      last = round.snapshot;
      const written = await writer.write(round, moment.now);
      said = claimsHash(moment.folded.state);
      records = recordsOf(moment.folded.said);
      const isPurge = !isSameList([...moment.roster.purged], purged);
      const gone = isPurge ? [...written.gone, ...(await store.forgetOlder())] : written.gone;
      purged = [...moment.roster.purged];
      onWritten?.({ ...written, gone });
      return round;
    },
    close: release,
  };
}

/** The fold keeps the object of each about which nothing new was said. */
function recordsOf({ incidents, maintenances, retracted }: PublicFold): readonly unknown[] {
  return [...incidents, ...maintenances, ...retracted.incidents, ...retracted.maintenances];
}
