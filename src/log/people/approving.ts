import { isBlank } from '../../model/authoring.ts';
import { chainName, KIND, type SignedEvent, tagValue } from '../../model/event.ts';
import type { Impact } from '../../model/status.ts';
import type { Log } from '../log.ts';
import { tipsOf } from './chain-tips.ts';
import { writeRoster } from './roster-writer.ts';

/** This member's second opinion for an update by somebody else. */
export function approveUpdate(log: Log, update: string): Promise<SignedEvent> {
  return log.writePublic('approve', { event: update });
}

/** Lets an update count without a second opinion, once the wait is over; the reason is shown in history. */
export function overrideUpdate(log: Log, update: string, reason: string): Promise<SignedEvent> {
  if (isBlank(reason)) throw new Error('An override needs a reason: say why this could not wait for a second person.');
  return log.writePublic('override', { event: update, reason: reason.trim() });
}

/**
 * Sets how many second opinions (0 or 1) an update of each impact needs from now on, and the seconds after which a
 * commander may override. What was written before keeps the rule that it was written under: the statement names the
 * ends of all public chains, as a cut does.
 */
export function setApprovals(log: Log, asks: Partial<Record<Impact, 0 | 1>>, wait: number): Promise<SignedEvent> {
  const status = chainName.status(log.org);
  const events = log.events().filter((event) => event.kind === KIND.public && tagValue(event, 'd') === status);
  const authors = [...new Set(events.map(({ pubkey }) => pubkey))].filter((pubkey) => log.roster().keys.has(pubkey));
  const after = authors.flatMap((pubkey) => tipsOf(events, log.roster(), pubkey, status)).sort();
  const version = log.roster().versions.approvals + 1;
  return writeRoster(log, { set: { approvals: [version, asks, { after, wait }] } });
}
