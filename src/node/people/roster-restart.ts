import { verifyEvent } from '../../log/event.ts';
import { restated } from '../../log/people/restated.ts';
import { nameAlertRoom, signRootRoster } from '../../log/people/roster-writer.ts';
import { KIND, type SignedEvent } from '../../model/event.ts';
import { isReader, liveKeys, may, type Roster, type RosterKey } from '../../model/roster.ts';
import type { OpenedMember } from '../organisation/open.ts';
import { PlainError } from '../plain-error.ts';
import { confirm } from './confirm.ts';
import { readRootKey } from './root-key.ts';
import type { Change, RosterValues } from './roster.ts';

/**
 * The root restates everything but `but`, and but what they removed, in a new generation, and every statement before it no
 * longer counts; then this device, if it is still believed, gives all rooms new epochs without them.
 */
export async function restart(
  { log, rooms }: OpenedMember,
  values: RosterValues,
  but: readonly RosterKey[],
): Promise<Change> {
  await confirm(questionOf(log.roster(), but), values.yes || values['root-key'] === '-');
  const secret = await readRootKey(values['root-key'], log.root);
  const before = log.roster();
  const generation = log.roster().generation + 1;
  const statements = restated(
    log,
    but.map(({ pk }) => pk),
  ).map((says) => signRootRoster(secret, says, log.platform.now(), generation));
  mustAllBeTaken(statements, log.org);
  const { valid, invalid } = await log.add(statements);
  const event = valid.at(-1);
  if (event === undefined || invalid[0] !== undefined)
    throw new PlainError(`The new generation was not taken: ${invalid[0] ?? 'nothing was said'}.`);
  const isBelieved = isReader(log.roster(), log.pubkey ?? '');
  if (isBelieved) await rooms.renew();
  if (may(log.roster(), log.pubkey ?? '', KIND.roster)) await nameAlertRoom(log, rooms);
  const epochs = isBelieved
    ? 'all rooms have new keys'
    : 'this device is no longer believed: another must write before rooms have new keys';
  const back = liveKeys(log.roster()).flatMap(({ pk }) => (before.keys.get(pk)?.removed === false ? [] : [pk]));
  const returned = back.length === 0 ? '' : ` Back, since nobody else had removed them: ${back.join(', ')}.`;
  return {
    event,
    words: `Generation ${generation}: ${but.length === 0 ? 'no key is' : `${but.length} keys are`} out, ${epochs}.${returned}`,
    facts: { generation, without: but.map(({ pk }) => pk), back },
  };
}

function questionOf(roster: Roster, but: readonly RosterKey[]): string {
  const out = new Set(but.map(({ pk }) => pk));
  const stay = liveKeys(roster).filter(({ pk }) => !out.has(pk)).length;
  const begin = `Begin generation ${roster.generation + 1}`;
  if (out.size === 0) return `${begin} and leave nobody out (--without names no key), so that all ${stay} keys stay?`;
  const who = [...out].map((pk) => pk.slice(0, 8)).join(' and ');
  return `${begin} without ${who}, and without what they set and whom they removed, so that ${stay} other keys stay?`;
}

/** Of a generation that begins by halves nobody would be left: all of it is judged before any of it is written. */
function mustAllBeTaken(statements: readonly SignedEvent[], org: string): void {
  for (const statement of statements) {
    const verified = verifyEvent(statement, org);
    if (verified.type === 'invalid')
      throw new PlainError(`The roster cannot be said anew, and nothing was changed: ${verified.reason}.`);
  }
}
