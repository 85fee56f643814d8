import { KIND, type SignedEvent } from '../../model/event.ts';
import { ADDRESSABLE_KINDS, OPEN_KINDS } from '../../model/kind-sets.ts';
import type { SetName } from '../held.ts';
import { enterSealed, hearAuthVerdict, hearChallenge, refuseSealed } from './channel-auth.ts';
import { compare, compareByPages, hearComparison } from './channel-compare.ts';
import { fetchNext } from './channel-exchange.ts';
import { hearEndOfPage, hearPaged } from './channel-pages.ts';
import { hearProbed } from './channel-probe.ts';
import { type Link, withSync } from './channel-state.ts';
import { ask, type Frame, type Turn, tell } from './channel-turn.ts';
import { enqueue, hearVerdict } from './channel-upload.ts';

/** A fresh connection: live events first, so that nothing falls between; then the hints, then the whole open set. */
export function opened(link: Link, turn: Turn): Link {
  const live = { kinds: [...OPEN_KINDS, ...ADDRESSABLE_KINDS], '#o': [link.org], limit: 0 };
  const listening = ask(link, ['REQ', 'live-open', live], turn);
  const hints = { kinds: ADDRESSABLE_KINDS, '#o': [link.org] };
  const asking = ask({ ...listening, hints: new Set<string>() }, ['REQ', 'hints', hints], turn);
  // Rosters travel first: they say whose events may come in. Relays answer in order.
  const rosters = ask(asking, ['REQ', 'rosters', { kinds: [KIND.roster], '#o': [link.org] }], turn);
  const comparing = compare(rosters, 'open', turn);
  return link.unlocked ? comparing : enqueue(comparing, turn.unreceipted('sealed'), turn);
}

/** A verified event of the relay; the driver has put it into the log already. */
export function hearEvent(link: Link, subscription: string, event: SignedEvent, turn: Turn): Link {
  if (subscription === 'hints' && link.hints !== null) return { ...link, hints: new Set(link.hints).add(event.id) };
  const page = /^page-(open|sealed)$/.exec(subscription)?.[1];
  if (page !== undefined) return hearPaged(link, page as SetName, event);
  const set = /^fetch-(open|sealed)$/.exec(subscription)?.[1] as SetName | undefined;
  const sync = set === undefined ? undefined : link.sync[set];
  const isStranger = turn.held.get(event.id) === undefined && !turn.held.isPurged(event.id);
  if (set === undefined || sync?.type !== 'fetching' || !isStranger) return link;
  return withSync(link, set, { ...sync, strangers: [...sync.strangers, event.id] });
}

/** Anything but EVENT. Frames of unknown types are left alone: relays may say more than we know. */
export function hearFrame(link: Link, frame: Frame, turn: Turn): Link {
  const [type, subject, third, fourth] = frame;
  const text = String(third ?? '');
  switch (type) {
    case 'OK':
      return hearOk(link, String(subject), third === true, String(fourth ?? ''), turn);
    case 'EOSE':
      return hearEnd(link, String(subject), turn);
    case 'CLOSED':
      return hearRefusal(link, String(subject), text, turn);
    case 'NEG-MSG':
      return afterSync(
        hearSubject(link, String(subject), (set) => hearComparison(link, set, text, turn)),
        turn,
      );
    case 'NEG-ERR':
      return hearRefusal(link, String(subject), text, turn);
    case 'AUTH':
      return typeof subject === 'string' ? hearChallenge(link, subject, turn) : link;
    case 'NOTICE':
      return hearNotice(link, String(subject), turn);
    default:
      return link;
  }
}

function hearOk(link: Link, id: string, accepted: boolean, message: string, turn: Turn): Link {
  if (link.auth.type === 'asked' && link.auth.id === id) return hearAuthVerdict(link, accepted, message, turn);
  const isProbed = link.probe.type === 'asked' && link.probe.id === id && accepted;
  return hearVerdict(isProbed ? hearProbed(link, message, turn) : link, id, accepted, message, turn);
}

/** EOSE: everything that was asked for under this name has come. */
function hearEnd(link: Link, subscription: string, turn: Turn): Link {
  if (subscription === 'hints') return pushHints(tell(link, ['CLOSE', 'hints'], turn), turn);
  if (subscription === 'rosters') return tell(link, ['CLOSE', 'rosters'], turn);
  if (subscription === 'ping') return tell(link, ['CLOSE', 'ping'], turn);
  if (subscription.startsWith('fetch-')) {
    const closed = tell(link, ['CLOSE', subscription], turn);
    return afterSync(
      hearSubject(closed, subscription, (set) => fetchNext(closed, set, turn)),
      turn,
    );
  }
  if (!subscription.startsWith('page-')) return link;
  return afterSync(
    hearSubject(link, subscription, (set) => hearEndOfPage(link, set, turn)),
    turn,
  );
}

/** Addressable events are never compared: what the relay did not show, and nothing newer took the place of, is pushed. */
function pushHints(link: Link, turn: Turn): Link {
  const shown = link.hints ?? new Set();
  const newer = turn.held.hints().filter(({ id }) => !shown.has(id));
  return enqueue(
    { ...link, hints: null },
    newer.map(({ id }) => id),
    turn,
  );
}

/** CLOSED or NEG-ERR. */
function hearRefusal(link: Link, subscription: string, reason: string, turn: Turn): Link {
  if (subscription.endsWith('-sealed') && /^(auth-required|restricted):/.test(reason)) {
    return refuseSealed(link, reason, turn);
  }
  if (subscription.startsWith('neg-') || subscription.startsWith('fetch-')) {
    return hearSubject(link, subscription, (set) =>
      link.sync[set].type === 'comparing' ? compareByPages(link, set, turn) : fetchNext(link, set, turn),
    );
  }
  return link;
}

/** Relays without NIP-77 answer NEG-OPEN with a NOTICE, which names no subscription. */
function hearNotice(link: Link, text: string, turn: Turn): Link {
  const set = (['open', 'sealed'] as const).find((name) => {
    const sync = link.sync[name];
    return sync.type === 'comparing' && sync.rounds === 0;
  });
  if (set === undefined || !/neg|unknown|invalid|unrecogni|unsupported|bad msg/i.test(text)) return link;
  return compareByPages(link, set, turn);
}

/** With the open set compared, a relay that asked for no name may serve the sealed kinds as well. */
function afterSync(link: Link, turn: Turn): Link {
  return link.sync.open.type === 'idle' && link.sync.sealed.type === 'off' ? enterSealed(link, turn) : link;
}

function hearSubject(link: Link, subscription: string, hear: (set: SetName) => Link): Link {
  const set = /-(open|sealed)$/.exec(subscription)?.[1];
  return set === 'open' || set === 'sealed' ? hear(set) : link;
}
