import MiniSearch from 'minisearch';

/** What of a runbook can be searched. */
export interface Searched {
  readonly id: string;
  readonly title: string;
  readonly alerts: string;
  readonly services: string;
  readonly text: string;
}

/** The runbooks' index: built after unlocking, in memory only. */
export interface RunbookIndex {
  /** Adds, or replaces what has the same id. */
  add(searched: Searched): void;
  /** Ids, best first; forgives typing errors and finds beginnings of words. */
  find(query: string): readonly string[];
}

export function createIndex(): RunbookIndex {
  const index = new MiniSearch<Searched>({
    fields: ['title', 'alerts', 'services', 'text'],
    tokenize: words,
    // Its clean-up walks the index in slices and throws when a document is replaced between two of them (minisearch 7.2.0).
    autoVacuum: false,
    searchOptions: {
      boost: { title: 4, alerts: 3, services: 2 },
      prefix: (term) => term.length > 1,
      // Two letters in the wrong order, the commonest slip, are two edits.
      fuzzy: (term) => (term.length > 5 ? 2 : term.length > 3 ? 1 : false),
      combineWith: 'AND',
    },
  });
  return {
    add: (searched) => {
      if (index.has(searched.id)) index.replace(searched);
      else index.add(searched);
    },
    find: (query) => index.search(query).map(({ id }) => String(id)),
  };
}

/** Alert names run words together: LedgerConsumerLag is found by "ledger lag" as well as by its whole name. */
function words(text: string): string[] {
  const whole = text.split(/[^\p{L}\p{N}]+/u);
  const parts = whole.flatMap((word) => word.split(/(?<=[a-z0-9])(?=[A-Z])/));
  return [...new Set([...whole, ...parts])].filter((word) => word !== '');
}
