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
      for (const listener of [...listeners]) {
        try {
          listener(news);
        } catch (error) {
          // A page that fails to draw must not stop the log, nor keep the news from the others.
          console.error('A listener of the log failed.', error);
        }
      }
    },
  };
}
