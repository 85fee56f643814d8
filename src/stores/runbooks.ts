import { atom, computed } from 'nanostores';
import type { Runbook } from '../vault/document.ts';
import { $library } from './library.ts';

/** What the list shows of a runbook; known from the manifest before the runbook itself is opened. */
export interface RunbookCard {
  readonly id: string;
  readonly title: string;
  readonly services: readonly string[];
  /** Without one that says the title again. */
  readonly alerts: readonly string[];
  /** Where it lies in the content folder, for runbooks that share their title. */
  readonly place: string | null;
}

export const $query = atom('');

const byTitle = new Intl.Collator();
/** The same list as long as the manifest is, however many documents are opened meanwhile. */
const $entries = computed($library, ({ entries }) => entries);

const $cards = computed($entries, (entries): readonly RunbookCard[] => {
  const runbooks = entries.filter((entry) => entry.kind === 'runbook');
  const sharing = Map.groupBy(runbooks, ({ title }) => plain(title));
  const cards = runbooks.map(({ id, title, services, alerts }): RunbookCard => {
    const isShared = (sharing.get(plain(title))?.length ?? 0) > 1;
    return { id, title, services, alerts: besideTitle(alerts, title), place: isShared ? id : null };
  });
  return cards.toSorted((a, b) => byTitle.compare(a.title, b.title) || (a.id < b.id ? -1 : 1));
});

/** The alerts that say more than the title does: "etcdNoLeader" says "etcd No Leader" once more. */
export function besideTitle(alerts: readonly string[], title: string): readonly string[] {
  return alerts.filter((alert) => plain(alert) !== plain(title));
}

function plain(title: string): string {
  return title.replace(/[^\p{L}\p{N}]/gu, '').toLowerCase();
}

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
