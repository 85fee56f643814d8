import { atom } from 'nanostores';
import type { Platform } from '../platform.ts';
import type { VaultDocument } from '../vault/document.ts';
import type { ManifestEntry } from '../vault/manifest.ts';
import { createIndex } from './search.ts';

const GATHER_MS = 80;

/** What the unlocked device has of the vault: the list at once, the documents as they are opened. */
export interface Library {
  readonly entries: readonly ManifestEntry[];
  readonly documents: ReadonlyMap<string, VaultDocument>;
  find(query: string): readonly string[];
}

const EMPTY: Library = { entries: [], documents: new Map(), find: () => [] };

export const $library = atom<Library>(EMPTY);

/** Fills the library; what happens in one moment is shown at once, so that 400 documents are a few redraws. */
export interface LibraryWriter {
  list(entries: readonly ManifestEntry[]): void;
  add(document: VaultDocument): void;
  /** Shows an older version until `add` brings the listed one; it does not count as held. */
  lend(document: VaultDocument): void;
  has(sha256: string): boolean;
  /** Forgets everything that was opened. */
  close(): void;
}

export function openLibrary(platform: Pick<Platform, 'after'>): LibraryWriter {
  const documents = new Map<string, VaultDocument>();
  const opened = new Set<string>();
  let entries: readonly ManifestEntry[] = [];
  let index = createIndex();
  let cancel: (() => void) | null = null;
  const show = () => {
    cancel ??= platform.after(GATHER_MS, () => {
      cancel = null;
      $library.set({ entries, documents: new Map(documents), find: index.find });
    });
  };
  return {
    list: (listed) => {
      entries = listed;
      index = createIndex();
      const ids = new Set(listed.map(({ id }) => id));
      for (const id of documents.keys()) if (!ids.has(id)) documents.delete(id);
      for (const entry of listed) {
        if (entry.kind !== 'runbook') continue;
        index.add({ ...entry, alerts: entry.alerts.join(' '), services: entry.services.join(' '), text: '' });
        const document = documents.get(entry.id);
        if (document !== undefined) addToIndex(document);
      }
      show();
    },
    add: (document) => {
      documents.set(document.id, document);
      const entry = entries.find(({ id }) => id === document.id);
      if (entry !== undefined) opened.add(entry.sha256);
      addToIndex(document);
      show();
    },
    lend: (document) => {
      if (documents.has(document.id)) return;
      documents.set(document.id, document);
      addToIndex(document);
      show();
    },
    has: (sha256) => opened.has(sha256),
    close: () => {
      cancel?.();
      $library.set(EMPTY);
    },
  };

  function addToIndex(document: VaultDocument): void {
    if (document.kind !== 'runbook') return;
    const { id, title, alerts, services, source } = document;
    index.add({ id, title, alerts: alerts.join(' '), services: services.join(' '), text: source });
  }
}
