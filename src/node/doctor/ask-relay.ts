import { nodePlatform } from '../platform.ts';

/** All events that a relay holds for one filter (NIP-01). Rejects where it does not give them within `deadline_ms`. */
export function askRelay(relay: string, filter: object, deadline_ms: number): Promise<readonly unknown[]> {
  return new Promise((resolve, reject) => {
    const events: unknown[] = [];
    const socket = nodePlatform.socket(relay, {
      opened: () => socket.send(JSON.stringify(['REQ', 'doctor', filter])),
      message: (text) => {
        const [word, , event] = frameIn(text);
        if (word === 'EVENT') events.push(event);
        if (word === 'EOSE') end(() => resolve(events));
        if (word === 'CLOSED') end(() => reject(new Error(String(event))));
      },
      closed: (reason) => end(() => reject(new Error(reason))),
    });
    const cancel = nodePlatform.after(deadline_ms, () =>
      end(() => reject(new Error('there was no whole answer in time.'))),
    );
    function end(settle: () => void): void {
      settle();
      cancel();
      socket.close();
    }
  });
}

function frameIn(text: string): readonly unknown[] {
  try {
    const frame: unknown = JSON.parse(text);
    return Array.isArray(frame) ? frame : [];
  } catch {
    return []; // Whatever that was, it is no frame of a relay.
  }
}
