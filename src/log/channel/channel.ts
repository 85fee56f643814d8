import { continueSealed, enterSealed, leaveSealed, signed } from './channel-auth.ts';
import { atTime } from './channel-clock.ts';
import { continueSync, hasStalled, syncDue } from './channel-compare.ts';
import { hearEvent, hearFrame, opened } from './channel-frames.ts';
import { LIMIT } from './channel-limits.ts';
import { connect, lose, ping } from './channel-phase.ts';
import type { Link, Sync } from './channel-state.ts';
import type { Input, Output, Turn } from './channel-turn.ts';
import { enqueue, isHoldingBack, isUploading, resend, unpark, uploadDue } from './channel-upload.ts';

/**
 * One step of the link to one relay: no sockets, no clock, no randomness of its own, so that a simulator can drive it.
 * The driver carries out the outputs in order and calls again with a `tick` when `nextDue` has come.
 */
export function step(
  link: Link,
  input: Input,
  turn: Omit<Turn, 'outputs'>,
): { link: Link; outputs: readonly Output[] } {
  const outputs: Output[] = [];
  if (link.phase === 'closed') return { link, outputs };
  return { link: take(atTime(link, turn.now), input, { ...turn, outputs }), outputs };
}

function take(link: Link, input: Input, turn: Turn): Link {
  switch (input.type) {
    case 'tick':
      return tick(link, turn);
    case 'opened':
      return link.phase === 'connecting'
        ? opened({ ...link, phase: 'open', isLive: input.isLive !== false, heardAt: turn.now }, turn)
        : link;
    case 'heard':
      return { ...link, heardAt: turn.now, answerBy: null, attempt: 0, reason: null };
    case 'frame':
      return hearOrLose(link, () => hearFrame(link, input.frame, turn), turn);
    case 'event':
      return link.phase === 'open' ? hearEvent(link, input.subscription, input.event, turn) : link;
    case 'publish':
      return link.phase === 'open' ? enqueue(link, input.ids, turn, 'first') : link;
    case 'lock':
      return input.unlocked
        ? enterSealed({ ...link, unlocked: true }, turn)
        : leaveSealed({ ...link, unlocked: false }, turn);
    case 'signed':
      return signed(link, input.event, turn);
    case 'roster':
      return hearRoster(link, turn);
    case 'wake':
      return wake(link, turn);
    case 'closed':
      return link.phase === 'waiting' ? link : lose(link, input.reason, turn);
    case 'close':
      turn.outputs.push({ type: 'disconnect' });
      return { ...link, phase: 'closed' };
  }
}

/**
 * Both sides held the same at the last comparison of all that this device may read, but for what the relay refuses, and
 * nothing waits to be sent.
 */
export function isSynced(link: Link): boolean {
  const sealed = link.unlocked ? link.settled.sealed || link.sync.sealed.type === 'refused' : true;
  const compared = link.phase === 'open' && link.settled.open && sealed && link.hints === null;
  return compared && !isUploading(link) && !isHoldingBack(link);
}

/** When the next `tick` is due, in Unix milliseconds; `Infinity` when never. */
export function nextDue(link: Link): number {
  if (link.phase === 'closed') return Infinity;
  if (link.phase !== 'open') return link.dueAt;
  const due = [
    link.answerBy ?? link.heardAt + LIMIT.quiet,
    uploadDue(link),
    syncDue(link.sync.open),
    syncDue(link.sync.sealed),
  ];
  return Math.min(...due.map((at) => at ?? Infinity));
}

function tick(link: Link, turn: Turn): Link {
  if (nextDue(link) > turn.now) return link;
  if (link.phase === 'waiting') return connect(link, turn);
  if (link.phase === 'connecting') return lose(link, 'did not answer within 5 s', turn);
  if (link.answerBy !== null && link.answerBy <= turn.now) return lose(link, 'stopped answering', turn);
  if (hasStalled(link.sync.open, turn.now) || hasStalled(link.sync.sealed, turn.now)) {
    return lose(link, 'stopped in the middle of a comparison', turn);
  }
  const going = continueSealed(continueSync(continueSync(resend(link, turn), 'open', turn), 'sealed', turn), turn);
  return going.answerBy === null && going.heardAt + LIMIT.quiet <= turn.now ? ping(going, turn) : going;
}

/**
 * The network or the machine came back, or its clock was set: try now, and compare now. A socket may have died without a
 * word.
 */
function wake(link: Link, turn: Turn): Link {
  if (link.phase === 'waiting') return connect({ ...link, attempt: 0 }, turn);
  // Begun on the other side of the jump: its deadline means nothing, and one that passed would wake the link for ever.
  if (link.phase === 'connecting') return connect(link, turn);
  if (link.phase !== 'open') return link;
  const answerBy = Math.min(link.answerBy ?? Infinity, turn.now + LIMIT.answerOnWake);
  const sync = { open: dueNow(link.sync.open, turn.now), sealed: dueNow(link.sync.sealed, turn.now) };
  const { retryAt } = link.upload;
  const upload = { ...link.upload, retryAt: retryAt === null ? null : Math.min(retryAt, turn.now) };
  return tick(ping({ ...link, answerBy, sync, upload }, turn), turn);
}

/** Who was a stranger may be named now, and what was purged may count again: all that was not let in is compared anew. */
function hearRoster(link: Link, turn: Turn): Link {
  const { open, sealed } = link.sync;
  const again = { open: dueNow(open, turn.now), sealed: dueNow(sealed, turn.now) };
  const refused = new Map([...link.refused].filter(([, message]) => !message.startsWith('blocked: purged')));
  const isSettled = link.strangers.size === 0 && refused.size === link.refused.size;
  const asking = isSettled ? link : { ...link, sync: again, strangers: new Set<string>(), refused };
  return asking.phase === 'open' ? enterSealed(unpark(asking, turn), turn) : asking;
}

function dueNow(sync: Sync, now: number): Sync {
  return sync.type === 'idle' || sync.type === 'refused' ? { ...sync, nextAt: now } : sync;
}

/** A relay that sends what no relay may send is as good as a broken line. */
function hearOrLose(link: Link, hear: () => Link, turn: Turn): Link {
  if (link.phase !== 'open') return link;
  try {
    return hear();
  } catch (error) {
    return lose(link, error instanceof Error ? error.message : 'sent something unreadable', turn);
  }
}
