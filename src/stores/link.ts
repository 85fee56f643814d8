import { atom } from 'nanostores';
import type { LinkView } from '../log/channel/link-view.ts';
import type { Log } from '../log/log.ts';
import type { Platform } from '../platform.ts';
import { type LocalStorage, readLocal, writeLocal } from './local.ts';

const HEARD = 'lifeboat-heard';

/** How this device is connected; `heardAt`: when a relay last answered (Unix milliseconds), also across restarts. */
export interface Link {
  readonly state: 'online' | 'partial' | 'offline';
  readonly open: number;
  readonly all: number;
  readonly heardAt: number | null;
}

/** One relay that this device knows. */
export interface RelayView {
  readonly relay: string;
  readonly state: LinkView['state'];
  readonly synced: boolean;
  /** Entries that it does not take. */
  readonly refused: number;
}

export const $relays = atom<readonly RelayView[]>([]);
export const $link = atom<Link>({ state: 'offline', open: 0, all: 0, heardAt: null });

/** Follows the relays of `log`. A device without any relay is offline: it has nobody to hear. */
export function followLink(log: Log, platform: Pick<Platform, 'now'>, local: LocalStorage): () => void {
  let heardAt: number | null = Number(readLocal(local, HEARD)) || null;
  const heard = () => {
    heardAt = platform.now();
    writeLocal(local, HEARD, String(heardAt));
    update();
  };
  const update = () => {
    const links = log.links();
    const open = links.filter((link) => link.state === 'open').length;
    const state = open === 0 ? 'offline' : open < links.length ? 'partial' : 'online';
    $relays.set(
      links.map(({ relay, state: is, synced, refused, parked }) => ({
        relay,
        state: is,
        synced,
        refused: refused.size + parked.size,
      })),
    );
    $link.set({ state, open, all: links.length, heardAt });
  };
  const onLinks = () => (log.links().some((link) => link.state === 'open') ? heard() : update());
  onLinks();
  const stops = [log.onLinks(onLinks), log.onReceipts(heard)];
  return () => {
    for (const stop of stops) stop();
  };
}
