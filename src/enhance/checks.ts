// What is decided by signatures and hashes. The curve is most of its weight, so it runs in a thread (`verifier.ts`).
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { verifyEvent } from '../log/event.ts';
import { KIND, organisation, type SignedEvent } from '../model/event.ts';
import { parseSnapshot } from '../model/parse-snapshot.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { VerifiedRosters } from './roster-checks.ts';

export interface VerifiedSnapshot {
  readonly event: SignedEvent;
  readonly snapshot: Snapshot;
}

/** A 33915 of this organisation whose id and signature hold and whose content has the form of a snapshot; else null. */
function snapshot(text: string, root: string): VerifiedSnapshot | null {
  try {
    const verified = verifyEvent(JSON.parse(text), organisation(root));
    if (verified.type !== 'ok' || verified.event.kind !== KIND.snapshot) return null;
    const snapshot = parseSnapshot(verified.event.content);
    return snapshot === null ? null : { event: verified.event, snapshot };
  } catch {
    return null; // Not JSON: no snapshot.
  }
}

/** What of `values` verifies as a roster of the organisation of `root`, and who may publish by it. */
async function rosters(values: readonly unknown[], root: string): Promise<VerifiedRosters> {
  const { checkRosters } = await import('./roster-checks.ts');
  return checkRosters(values, root);
}

/** SHA-256 (hex) of the text's UTF-8. */
function hash(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)));
}

export const checks = { snapshot, rosters, hash } as const;

export type Checks = typeof checks;

/** One thing to check, and the number that its answer carries. */
export interface CheckQuestion {
  readonly ticket: number;
  readonly name: keyof Checks;
  readonly given: readonly unknown[];
}

export type CheckAnswer =
  | { readonly ticket: number; readonly type: 'answer'; readonly answer: unknown }
  /** A part of the code could not be loaded. */
  | { readonly ticket: number; readonly type: 'failure'; readonly reason: string };
