import { createListeners } from '../listeners.ts';
import type { StoreChange } from './store.ts';

/** Tells the other tabs of this origin what was written. They read it again from the store: a message proves nothing. */
export interface TabNews {
  tell(change: StoreChange): void;
  listen(listener: (change: StoreChange) => void): () => void;
  close(): void;
}

export function openTabNews(name: string): TabNews {
  const channel = new BroadcastChannel(name);
  const listeners = createListeners<StoreChange>();
  channel.onmessage = ({ data }: MessageEvent<StoreChange>) => listeners.tell(data);
  let open = true;
  return {
    tell: (change) => {
      // A write that ends after the page closed its copy has nobody left to tell.
      if (open && change.ids.length > 0) channel.postMessage(change);
    },
    listen: listeners.listen,
    close: () => {
      open = false;
      channel.close();
    },
  };
}
