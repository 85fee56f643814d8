import { atom } from 'nanostores';
import type { Log } from '../log/log.ts';
import { slotOf } from '../log/store/slot.ts';
import { API } from '../model/api.ts';
import { clockOffset } from '../model/clock-offset.ts';
import { type ClockSample, deviceOffset } from '../model/device-clock.ts';
import { KIND, type SignedEvent } from '../model/event.ts';
import type { Platform } from '../platform.ts';

const ASK_EVERY_MS = 5 * 60_000;
const DEADLINE_MS = 4_000;
const HINTS: readonly number[] = [KIND.pulse, KIND.snapshot];

/** How far this device's clock is from the others', in ms (positive: ahead); null while nothing vouches for it. */
export const $clockOffset = atom<number | null>(null);

/** Asks the site's host for the time now and then, and listens to what watchers and publishers sign. */
export function followDeviceClock(
  log: Pick<Log, 'onEvents'>,
  platform: Pick<Platform, 'now' | 'after' | 'fetch'>,
  origin: string,
): () => void {
  let stopped = false;
  let host: number | null = null;
  let cancel = () => {};
  const samples = new Map<string, ClockSample>();
  const update = () => $clockOffset.set(deviceOffset(host, [...samples.values()]));

  async function ask(): Promise<void> {
    host = await hostOffset(platform, origin);
    // Who stopped listening meanwhile is neither told nor asked for again.
    if (stopped) return;
    update();
    cancel = platform.after(ASK_EVERY_MS, () => void ask());
  }

  // The first word in its place may be old (a signer has several); one that follows it while this page is open was signed just now.
  const heard = new Set<string | undefined>();
  const deafen = log.onEvents((added) => {
    for (const event of added.filter(isHint)) {
      const { pubkey, created_at } = event;
      const [slot, receivedAt] = [slotOf(event), platform.now()];
      const sample = { by: pubkey, claimed: created_at * 1000, receivedAt };
      if (heard.has(slot) || sample.claimed > receivedAt) samples.set(pubkey, sample);
      heard.add(slot);
    }
    update();
  });
  void ask();
  return () => {
    stopped = true;
    cancel();
    deafen();
  };
}

function isHint({ kind }: SignedEvent): boolean {
  return HINTS.includes(kind);
}

/** Null where the host cannot be reached or says no time. */
async function hostOffset(platform: Pick<Platform, 'now' | 'fetch'>, origin: string): Promise<number | null> {
  try {
    const signal = AbortSignal.timeout(DEADLINE_MS);
    const asking = { method: 'HEAD', cache: 'no-store', credentials: 'omit', signal } as const;
    const { headers } = await platform.fetch(`${origin}/${API}/snapshot.json`, asking);
    return clockOffset(headers.get('date'), headers.get('age'), platform.now());
  } catch {
    return null; // Offline, or no host at all: others may know.
  }
}
