import { atom, computed } from 'nanostores';
import type { Runbook } from '../vault/document.ts';
import { $library } from './library.ts';

/** What the list shows of a runbook; known from the manifest before the runbook itself is opened. */
export interface RunbookCard {
  readonly id: string;
  readonly title: string;
  readonly services: readonly string[];
  readonly alerts: readonly string[];
}

export const $query = atom('');

const byTitle = new Intl.Collator();
/** The same list as long as the manifest is, however many documents are opened meanwhile. */
const $entries = computed($library, ({ entries }) => entries);

const $cards = computed($entries, (entries): readonly RunbookCard[] =>
  entries.filter((entry) => entry.kind === 'runbook').toSorted((a, b) => byTitle.compare(a.title, b.title)),
);

/** Every runbook by title, or those that the query finds, best first. */
export const $found = computed([$cards, $library, $query], (cards, library, query): readonly RunbookCard[] => {
  if (query.trim() === '') return cards;
  const byId = new Map(cards.map((card) => [card.id, card]));
  return library.find(query.trim()).flatMap((id) => byId.get(id) ?? []);
});

/** Opened runbooks by id. */
export const $opened = computed($library, ({ documents }) => {
  const runbooks = [...documents].filter((pair): pair is [string, Runbook] => pair[1].kind === 'runbook');
  return new Map(runbooks);
});
