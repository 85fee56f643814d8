import type { Log } from '../../log/log.ts';
import { approveUpdate, overrideUpdate } from '../../log/people/approving.ts';
import { isBlank } from '../../model/authoring.ts';
import { statementOf } from '../../model/correction.ts';
import { KIND, type SignedEvent } from '../../model/event.ts';
import { foldIncidents } from '../../model/incidents.ts';

import { publicEvents } from '../../model/public-event.ts';
import { may } from '../../model/roster.ts';
import { codeOf } from '../../model/said.ts';
import { PlainError } from '../plain-error.ts';
import type { PostValues } from './post-usage.ts';
import type { Posted } from './posted.ts';

/** A second opinion on a waiting update, or an override of it. @throws PlainError where it would change nothing. */
export async function giveOpinion(log: Log, { approve, override, reason = '' }: PostValues): Promise<Posted> {
  const wanted = approve ?? override ?? '';
  const update = waitingUpdate(log, wanted);
  const { keys } = log.roster();
  const own = keys.get(log.pubkey ?? '');
  if (approve !== undefined && keys.get(update.pubkey)?.member === own?.member)
    throw new PlainError('That update is your own: another member must approve it, or a commander override it.', 1);
  const type = approve === undefined ? 'override' : 'approve';
  if (!may(log.roster(), log.pubkey ?? '', KIND.public, type))
    throw new PlainError(`This device may not ${type}: its roles are ${own?.roles.join(', ') ?? 'none'}.`, 1);
  if (type === 'override' && isBlank(reason))
    throw new PlainError('--reason is missing; say why this could not wait for a second person.');
  const { id } =
    type === 'approve' ? await approveUpdate(log, update.id) : await overrideUpdate(log, update.id, reason);
  const written = publicEvents([update], log.roster()).get(update.id);
  const statement = written && statementOf(written);
  const kind = statement?.type === 'maintenance.update' ? 'maintenance' : 'incident';
  const code = statement === undefined ? '' : codeOf(statement.body);
  const words = `Update ${update.id.slice(0, 8)} of ${kind} ${code}`;
  return { event: id, sought: { type: 'update', code, id: update.id }, kind, words };
}

/** Its id may be cut to 8 digits or more, as long as it fits one alone. */
function waitingUpdate(log: Log, wanted: string): SignedEvent {
  const waiting = [...foldIncidents(log.events(), log.roster()).waiting];
  const found = waiting.filter((id) => id === wanted || (wanted.length >= 8 && id.startsWith(wanted)));
  const event = log.events().find(({ id }) => id === found[0]);
  if (event !== undefined && found.length === 1) return event;
  const others = waiting.length === 0 ? 'none waits' : `these wait: ${waiting.join(', ')}`;
  throw new PlainError(`No update ${wanted} waits for a second opinion on this device; ${others}.`, 1);
}
