import type { SignedEvent } from '../../model/event.ts';
import { filterOf } from '../held.ts';
import { compare } from './channel-compare.ts';
import { LIMIT } from './channel-limits.ts';
import { probeSealed } from './channel-probe.ts';
import { type Link, withSync } from './channel-state.ts';
import { ask, type Turn, tell } from './channel-turn.ts';
import { unpark } from './channel-upload.ts';

/** The relay asks who this is; it is answered only while this device is unlocked. */
export function hearChallenge(link: Link, challenge: string, turn: Turn): Link {
  return enterSealed({ ...link, auth: { type: 'challenged', challenge } }, turn);
}

/** Goes on towards the sealed kinds as far as this device and this relay let it. */
export function enterSealed(link: Link, turn: Turn): Link {
  if (link.phase !== 'open' || !link.unlocked) return link;
  if (link.auth.type === 'challenged' || link.auth.type === 'refused') {
    turn.outputs.push({ type: 'sign', challenge: link.auth.challenge });
    return link;
  }
  const { type } = link.sync.sealed;
  // A relay that has not asked who this is may serve everybody: that shows once the open kinds are compared.
  const mayAsk = link.auth.type === 'done' || (link.auth.type === 'none' && link.sync.open.type === 'idle');
  if (!mayAsk || (type !== 'off' && type !== 'refused')) return link;
  const live = ask(link, ['REQ', 'live-sealed', filterOf(link.org, 'sealed', { limit: 0 })], turn);
  return compare(live, 'sealed', turn);
}

/** Asks again from time to time: a relay may have learned of this device since. */
export function continueSealed(link: Link, turn: Turn): Link {
  const { sealed } = link.sync;
  if (sealed.type !== 'refused' || sealed.nextAt > turn.now) return link;
  return enterSealed(withSync(link, 'sealed', { ...sealed, nextAt: turn.now + LIMIT.repeat }), turn);
}

/** A locked device reads no sealed kinds. */
export function leaveSealed(link: Link, turn: Turn): Link {
  if (link.phase !== 'open') return link;
  const closed = link.sync.sealed.type === 'off' ? link : tell(link, ['CLOSE', 'live-sealed'], turn);
  const auth = 'challenge' in link.auth ? ({ type: 'challenged', challenge: link.auth.challenge } as const) : link.auth;
  return withSync({ ...closed, auth }, 'sealed', { type: 'off' });
}

/** The driver signed the challenge. */
export function signed(link: Link, event: SignedEvent, turn: Turn): Link {
  if (link.phase !== 'open' || !link.unlocked || !('challenge' in link.auth)) return link;
  const auth = { type: 'asked', challenge: link.auth.challenge, id: event.id } as const;
  return ask({ ...link, auth }, ['AUTH', event], turn);
}

export function hearAuthVerdict(link: Link, accepted: boolean, reason: string, turn: Turn): Link {
  if (link.auth.type !== 'asked') return link;
  const { challenge } = link.auth;
  if (accepted) return enterSealed(unpark({ ...link, auth: { type: 'done', challenge } }, turn), turn);
  return refuseSealed({ ...link, auth: { type: 'refused', challenge, reason } }, reason, turn);
}

/** What cannot be compared is pushed: a watcher writes sealed events that no relay lets it read. */
export function refuseSealed(link: Link, reason: string, turn: Turn): Link {
  const refused = withSync(link, 'sealed', { type: 'refused', reason, nextAt: turn.now + LIMIT.repeat });
  return probeSealed(refused, turn);
}
