import { verifyEvent } from '../../log/event.ts';
import { isoTime } from '../../model/clock.ts';
import { chainName, KIND, organisation, type SignedEvent, tagValue } from '../../model/event.ts';
import { claimEnd, isAhead } from '../../model/freshness.ts';
import { readSnapshot } from '../../model/published.ts';
import type { Roster } from '../../model/roster.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { text } from '../publish/parts.ts';
import { WrongThing } from './wrong-thing.ts';

export interface CheckedSnapshot {
  readonly event: SignedEvent;
  readonly snapshot: Snapshot;
  readonly notes: readonly string[];
}

/** A 33915 in canonical JSON, by a publisher that is live in `roster`, with times that make sense. @throws WrongThing */
export function checkSnapshot(file: string, bytes: Uint8Array, roster: Roster, now: number): CheckedSnapshot {
  const wrong = (what: string) => new WrongThing(file, what);
  const [source, value] = parse(file, bytes);
  const verified = verifyEvent(value, organisation(roster.root));
  if (verified.type === 'invalid') throw wrong(verified.reason);
  const { event } = verified;
  if (event.kind !== KIND.snapshot) throw wrong(`it is an event of kind ${event.kind}, not a snapshot`);
  if (tagValue(event, 'd') !== chainName.snapshot(organisation(roster.root)))
    throw wrong('its d tag is not that of a snapshot');
  if (text(event) !== source) throw wrong('it is not in canonical form');
  const snapshot = readSnapshot(event, roster);
  if (snapshot === null) throw wrong(whyNot(event, roster));
  const [made, until] = [Date.parse(snapshot.generated_at), Date.parse(snapshot.valid_until)];
  if (!(made < until)) throw wrong('the time until which it is valid is not after the time at which it was made');
  if (isAhead(snapshot.generated_at, now))
    throw wrong(`it was made at ${snapshot.generated_at}, which is ahead of this clock`);
  const end = claimEnd(snapshot);
  const notes = now < end ? [] : [`The snapshot was to be believed until ${isoTime(end)}; it says nothing of now.`];
  return { event, snapshot, notes };
}

function parse(file: string, bytes: Uint8Array): readonly [source: string, value: unknown] {
  try {
    const source = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return [source, JSON.parse(source)];
  } catch {
    throw new WrongThing(file, 'it is no JSON');
  }
}

function whyNot({ pubkey }: SignedEvent, roster: Roster): string {
  const key = roster.keys.get(pubkey);
  if (key === undefined) return `no roster names the publisher ${pubkey}`;
  if (key.removed) return `its publisher ${pubkey} was removed`;
  return key.roles.includes('publisher') ? 'its content is not that of a snapshot' : `${pubkey} is no publisher`;
}
