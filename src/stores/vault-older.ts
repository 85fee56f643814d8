import type { VaultDocument } from '../vault/document.ts';
import { type ManifestEntry, openDocument, openManifest } from '../vault/manifest.ts';
import type { FileCache } from './vault-files.ts';

/**
 * What the last complete list still has of documents whose new version is not on this device yet: a half-fetched list never
 * costs a runbook, also after a cold start with every host dead. `complete` is the SHA-256 of that list.
 */
export async function olderVersions(
  entries: readonly ManifestEntry[],
  complete: string | undefined,
  files: Pick<FileCache, 'get' | 'list'>,
  identities: readonly string[],
): Promise<readonly VaultDocument[]> {
  const kept = await files.list();
  const lacking = new Set(entries.filter(({ sha256 }) => !kept.has(sha256)).map(({ id }) => id));
  const list = complete === undefined || lacking.size === 0 ? null : await files.get(complete);
  if (list === null || complete === undefined) return [];
  const older = await openManifest(list, complete, identities);
  if (older.type !== 'ok') return [];
  const documents: VaultDocument[] = [];
  for (const entry of older.value.filter(({ id }) => lacking.has(id))) {
    const file = await files.get(entry.sha256);
    const opened = file === null ? null : await openDocument(file, entry, identities);
    if (opened?.type === 'ok') documents.push(opened.value);
  }
  return documents;
}
