/**
 * Calls `wake` whenever the page or the network comes back: sockets die silently in the background, and a page out of
 * the back/forward cache gets `pageshow` alone. The returned function ends it.
 */
export function wakeOnReturn(wake: () => void): () => void {
  const ending = new AbortController();
  const { signal } = ending;
  addEventListener('online', wake, { signal });
  addEventListener('pageshow', wake, { signal });
  document.addEventListener(
    'visibilitychange',
    () => {
      if (!document.hidden) wake();
    },
    { signal },
  );
  return () => ending.abort();
}
