import { KIND } from '../../model/event.ts';
import { may } from '../../model/roster.ts';
import type { Log } from '../log.ts';
import type { Rooms } from '../rooms/room.ts';
import { nameAlertRoom } from './roster-writer.ts';

/** What an admin's device is about to write, and what other admins' are, has come by then: one of them suffices. */
const SETTLE_MS = 3_000;

/**
 * While it runs on an unlocked admin's device: lets the roster name the epoch that watchers are to seal to, whatever
 * changed it (two removals at once, a removal by the root, an organisation that named none yet). `close` ends it.
 */
export function keepAlertRoom(log: Log, rooms: Rooms): { close(): void } {
  let cancel = () => {};
  async function look(): Promise<void> {
    if (log.pubkey === null || !may(log.roster(), log.pubkey, KIND.roster)) return;
    await nameAlertRoom(log, rooms).catch((error: unknown) =>
      console.warn('The room for alerts could not be named; the next change of a key tries again.', error),
    );
  }
  function soon(): void {
    cancel();
    cancel = log.platform.after(SETTLE_MS, () => void look());
  }
  const end = log.onEvents((added) => {
    if (added.some(({ kind }) => kind === KIND.roster || kind === KIND.key)) soon();
  });
  soon();
  return {
    close: () => {
      cancel();
      end();
    },
  };
}
