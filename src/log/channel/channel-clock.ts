import type { Link, Sync } from './channel-state.ts';

/**
 * The link at the time `now` of its next step. Where the clock was set back since the last one, all that was written down
 * moves back with it: else what is due in a second waits for as long as the clock was set back, and no timer tells, for one
 * that was set before the jump may ring in its time.
 */
export function atTime(link: Link, now: number): Link {
  const back = link.steppedAt - now;
  return back > 0 ? { ...moved(link, back), steppedAt: now } : { ...link, steppedAt: now };
}

function moved(link: Link, back: number): Link {
  const { inFlight, retryAt } = link.upload;
  return {
    ...link,
    dueAt: link.dueAt - back,
    heardAt: link.heardAt - back,
    answerBy: link.answerBy === null ? null : link.answerBy - back,
    sync: { open: movedSync(link.sync.open, back), sealed: movedSync(link.sync.sealed, back) },
    upload: {
      ...link.upload,
      inFlight: new Map([...inFlight].map(([id, sentAt]) => [id, sentAt - back])),
      retryAt: retryAt === null ? null : retryAt - back,
    },
  };
}

function movedSync(sync: Sync, back: number): Sync {
  if ('nextAt' in sync) return { ...sync, nextAt: sync.nextAt - back };
  return 'progressAt' in sync ? { ...sync, progressAt: sync.progressAt - back } : sync;
}
