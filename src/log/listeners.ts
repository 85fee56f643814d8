export interface Listeners<News> {
  /** The returned function ends it. */
  listen(listener: (news: News) => void): () => void;
  tell(news: News): void;
}

export function createListeners<News>(): Listeners<News> {
  const listeners = new Set<(news: News) => void>();
  return {
    listen: (listener) => {
      // Wrapped, so that one function can listen twice and end once.
      const entry = (news: News) => listener(news);
      listeners.add(entry);
      return () => listeners.delete(entry);
    },
    tell: (news) => {
      for (const listener of [...listeners]) listener(news);
    },
  };
}
