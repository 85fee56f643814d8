import { LIMIT } from './channel-limits.ts';
import { type Link, NO_UPLOAD, type Sync } from './channel-state.ts';
import { ask, type Turn } from './channel-turn.ts';

const OFF: Sync = { type: 'off' };

/** Any relay answers this with EOSE; none holds such an event. */
export function ping(link: Link, turn: Turn): Link {
  return ask(link, ['REQ', 'ping', { ids: ['0'.repeat(64)], kinds: [3911], limit: 1 }], turn);
}

export function connect(link: Link, turn: Turn): Link {
  turn.outputs.push({ type: 'connect' });
  return { ...link, phase: 'connecting', dueAt: turn.now + LIMIT.connect };
}

/** Ends the connection and waits, longer each time and never at the same moment as the others: 0.5 to 30 s. */
export function lose(link: Link, reason: string, turn: Turn): Link {
  turn.outputs.push({ type: 'disconnect' });
  const wait = Math.min(LIMIT.lastRetry, LIMIT.firstRetry * 2 ** link.attempt) * (0.5 + turn.random() / 2);
  return {
    ...link,
    phase: 'waiting',
    reason,
    attempt: Math.min(link.attempt + 1, 16),
    dueAt: turn.now + wait,
    answerBy: null,
    auth: { type: 'none' },
    sync: { open: OFF, sealed: OFF },
    settled: { open: false, sealed: false },
    negentropy: true,
    hints: null,
    upload: NO_UPLOAD,
    probe: { type: 'due' },
  };
}
