/** What is used of a browser's `Storage`. */
export type Shelf = Pick<Storage, 'getItem' | 'setItem'>;

/**
 * The browser's own store. Where it is forbidden even to ask for it (all site data blocked), one that lives as long as the
 * page: the page must go on to refresh and to decay.
 */
export function openShelf(open: () => Storage = () => localStorage): Shelf {
  try {
    return open();
  } catch {
    const held = new Map<string, string>();
    return { getItem: (key) => held.get(key) ?? null, setItem: (key, text) => void held.set(key, text) };
  }
}
