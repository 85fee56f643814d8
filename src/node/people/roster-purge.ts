import { purgeEvents } from '../../log/people/purging.ts';
import { signRootRoster, stubWords } from '../../log/people/roster-writer.ts';
import type { SignedEvent } from '../../model/event.ts';
import { isPurgeable } from '../../model/purge.ts';
import type { OpenedMember } from '../organisation/open.ts';
import { PlainError } from '../plain-error.ts';
import { confirm } from './confirm.ts';
import { mustBeAdmin } from './find-keys.ts';
import { readRootKey } from './root-key.ts';
import type { Change, RosterValues } from './roster.ts';

/** This admin's vote, or with the root key the decision, to drop the content of events in every copy. */
export async function purge(member: OpenedMember, values: RosterValues, ids: readonly string[]): Promise<Change> {
  const { log } = member;
  const events = ids.map((id) => purgeable(log.events(), id));
  if (events.length === 0) throw new PlainError('Which events to purge is not said; give their ids.');
  if (values['root-key'] === undefined) mustBeAdmin(member);
  await confirm(
    `Drop the content of ${events.length} events in every copy, for ever?`,
    values.yes || values['root-key'] === '-',
  );
  const written = values['root-key'] === undefined ? await purgeEvents(log, ids) : await byRoot(member, values, events);
  const event = written.at(-1);
  if (event === undefined) throw new PlainError('No vote was written.');
  const done = ids.filter((id) => log.roster().purged.has(id));
  const waiting = ids.length - done.length;
  const words =
    waiting === 0
      ? `${done.length} events are purged.`
      : `${done.length} events are purged; ${waiting} wait for the vote of a second admin: "lifeboat roster purge ${ids[0]}".`;
  return { event, words, facts: { purged: done, waiting } };
}

async function byRoot({ log }: OpenedMember, values: RosterValues, events: readonly SignedEvent[]) {
  const secret = await readRootKey(values['root-key'], log.root);
  const says = { purges: events.map(({ id }) => id), stubs: events.map(stubWords) };
  const signed = signRootRoster(secret, says, log.platform.now(), log.roster().generation);
  const { valid, invalid } = await log.add([signed]);
  if (invalid[0] !== undefined)
    throw new PlainError(`The purge was not taken: ${invalid[0]}; name fewer events at once.`);
  return valid;
}

function purgeable(events: readonly SignedEvent[], id: string): SignedEvent {
  const found = events.find((event) => event.id === id);
  if (found === undefined)
    throw new PlainError(`This device holds no event ${id}; run "lifeboat sync", then give its whole id.`, 1);
  if (isPurgeable(found)) return found;
  throw new PlainError(`${id} is a roster or a room’s key, on which all else stands: it cannot be purged.`, 1);
}
