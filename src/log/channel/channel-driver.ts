import { KIND, type SignedEvent } from '../../model/event.ts';
import type { Platform } from '../../platform.ts';
import type { Copy } from '../copy.ts';
import type { Signer } from '../event.ts';
import { createListeners } from '../listeners.ts';
import type { LinkView } from './link-view.ts';
import { openRelayLink, type RelayLink } from './relay-link.ts';

/** Links to all relays, over one copy of the log. */
export interface Channel {
  links(): readonly LinkView[];
  onChange(listener: () => void): () => void;
  /** Sends held events at once to every open relay that is not known to hold them; the others get them when they are compared. */
  publish(events: readonly SignedEvent[]): void;
  /** The device's key for NIP-42; null while it is locked. */
  setSigner(secretKey: Uint8Array | null): void;
  /** The network or the machine came back: tries all relays now. */
  wake(): void;
  close(): void;
}

export interface ChannelOptions {
  readonly org: string;
  /** WebSocket addresses. */
  readonly relays: readonly string[];
  readonly copy: Copy;
  readonly platform: Platform;
  readonly signer?: Signer | undefined;
}

/** Connects to every relay and keeps each in step with the copy until `close`. */
export function openChannel({ org, relays, copy, platform, signer }: ChannelOptions): Channel {
  const listeners = createListeners<void>();
  let key: Uint8Array | null = null;
  const links: readonly RelayLink[] = [...new Set(relays)].map((relay) =>
    openRelayLink({ org, relay, copy, platform, signer, secretKey: () => key, onChange: () => listeners.tell() }),
  );
  const endRosters = copy.onEvents((added) => {
    if (!added.some(({ kind }) => kind === KIND.roster)) return;
    for (const link of links) link.take({ type: 'roster' });
  });
  for (const link of links) link.take({ type: 'tick' });

  return {
    links: () => links.map((link) => link.view()),
    onChange: listeners.listen,
    publish: (events) => {
      const ids = events.map(({ id }) => id);
      for (const link of links) {
        const { relay } = link.view();
        link.take({ type: 'publish', ids: ids.filter((id) => !copy.receipts.has(id, relay)) });
      }
    },
    setSigner: (secretKey) => {
      key = secretKey;
      for (const link of links) link.take({ type: 'lock', unlocked: secretKey !== null });
    },
    wake: () => {
      for (const link of links) link.take({ type: 'wake' });
    },
    close: () => {
      endRosters();
      for (const link of links) link.take({ type: 'close' });
    },
  };
}
