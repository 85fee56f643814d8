import type { ChainView } from '../../model/chains.ts';
import { liveKeys } from '../../model/roster.ts';
import { exportDigest } from '../export.ts';
import type { CheckedRecord } from './check-record.ts';
import { findingsOf } from './findings.ts';
import { type PageChain, pageChains } from './page-chain.ts';
import { type Retold, retoldIn } from './retold.ts';

/** What a record that holds together says of itself. */
export interface Report {
  readonly events: number;
  readonly purged: number;
  /** Over the ids of the log: two copies of one moment have the same. */
  readonly digest: string;
  readonly keys: number;
  readonly removed: number;
  /** Who signed the snapshot; null where that is not right. */
  readonly publisher: string | null;
  readonly files: number;
  readonly shown: readonly PageChain[];
  /** Of publishers: what is missing from their chains, or stands twice. */
  readonly chains: readonly ChainView[];
  /** Null where the state could not be folded. */
  readonly retold: readonly Retold[] | null;
  /** Events beyond their removal, by key. */
  readonly beyondCut: ReadonlyMap<string, number>;
  readonly byStrangers: number;
}

/** Null where signatures or roster are not right: then nothing that the log says is worth telling. */
export function reportOf({ lines, roster, snapshot, folded, files }: CheckedRecord): Report | null {
  if (lines === undefined || roster === undefined) return null;
  const { events, purged } = lines;
  const { beyondCut, byStrangers, chains } = findingsOf(events, roster);
  const shown = pageChains(events, roster);
  const late = Map.groupBy(beyondCut, ({ pubkey }) => pubkey);
  return {
    events: events.length,
    purged: purged.size,
    digest: exportDigest(events, roster),
    keys: liveKeys(roster).length,
    removed: roster.removed.size,
    publisher: snapshot?.event.pubkey ?? null,
    files,
    shown,
    chains: chains.filter(({ pubkey }) => shown.some(({ publisher }) => publisher === pubkey)),
    retold: folded === undefined ? null : retoldIn(folded.said),
    beyondCut: new Map([...late].map(([key, all]) => [key, all.length])),
    byStrangers: byStrangers.length,
  };
}
