import { API } from '../../model/api.ts';
import { chainName, KIND, organisation, type SignedEvent, tagValue } from '../../model/event.ts';
import { isAhead } from '../../model/freshness.ts';
import { readSnapshot } from '../../model/read-snapshot.ts';
import type { Roster } from '../../model/roster.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import type { Verify } from '../check.ts';
import { Fault, type FaultCode } from './fault.ts';
import { text, textOf } from './texts.ts';

export interface CheckedSnapshot {
  readonly event: SignedEvent;
  readonly snapshot: Snapshot;
}

export const SNAPSHOT_FILE = `${API}/snapshot.json`;

/** A 33915 in canonical JSON, by a publisher that is live in `roster`, with times that make sense. @throws Fault */
export async function checkSnapshot(
  bytes: Uint8Array,
  roster: Roster,
  verify: Verify,
  now: number,
): Promise<CheckedSnapshot> {
  const wrong = (code: FaultCode, detail = '') => new Fault(SNAPSHOT_FILE, code, detail);
  const org = organisation(roster.root);
  const source = textOf(bytes);
  const verified = await verify(parsed(source), org);
  if (verified.type === 'invalid') throw wrong('event', verified.reason);
  const { event } = verified;
  if (event.kind !== KIND.snapshot) throw wrong('no_snapshot', String(event.kind));
  if (tagValue(event, 'd') !== chainName.snapshot(org)) throw wrong('wrong_chain');
  if (text(event) !== source) throw wrong('not_canonical');
  const snapshot = readSnapshot(event, roster);
  if (snapshot === null) throw wrong(whyNot(event, roster), event.pubkey);
  if (!(Date.parse(snapshot.generated_at) < Date.parse(snapshot.valid_until))) throw wrong('times');
  if (isAhead(snapshot.generated_at, now)) throw wrong('ahead', snapshot.generated_at);
  return { event, snapshot };
}

function parsed(source: string | undefined): unknown {
  try {
    return JSON.parse(source ?? '') as unknown;
  } catch {
    throw new Fault(SNAPSHOT_FILE, 'not_json');
  }
}

function whyNot({ pubkey }: SignedEvent, roster: Roster): FaultCode {
  const key = roster.keys.get(pubkey);
  if (key === undefined) return 'publisher_unknown';
  if (key.removed) return 'publisher_removed';
  return key.roles.includes('publisher') ? 'snapshot_form' : 'publisher_none';
}
