import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import * as v from 'valibot';
import { canonical, parseCanonical } from '../model/canonical.ts';
import { type Roster, rolesOf } from '../model/roster.ts';
import type { Message } from '../model/timeline.ts';
import { openFile } from './age-file.ts';
import type { VaultDocument } from './document.ts';

const hex64 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

const KINDS: readonly string[] = ['runbook', 'people', 'template'] satisfies VaultDocument['kind'][];
/** A newer version's kind of document costs this one no runbook: it is passed over. */
const kinded = v.looseObject({ kind: v.string() });
const entry = v.object({
  id: v.string(),
  title: v.string(),
  kind: v.picklist(['runbook', 'people', 'template']),
  /** SHA-256 of the age file, which is its name under /vault/. */
  sha256: hex64,
  /** Bytes of the age file. */
  size: count,
  services: v.array(v.string()),
  alerts: v.array(v.string()),
});
const announcement = v.object({ seq: count, manifest: hex64, files: count });

export type ManifestEntry = v.InferOutput<typeof entry>;
/** Body of a `vault` message: which manifest counts. */
export type VaultAnnouncement = v.InferOutput<typeof announcement>;

export type Opened<Value> =
  | { readonly type: 'ok'; readonly value: Value }
  | { readonly type: 'damaged' | 'sealed'; readonly reason: string };

/** Where an age file lies on the public site. */
export function vaultPath(hash: string): string {
  return `/vault/${hash}.age`;
}

export function hashOf(file: Uint8Array): string {
  return bytesToHex(sha256(file));
}

/** The announcement that counts: by an admin, with the highest `seq` (then the lowest event id). */
export function currentVault(messages: readonly Message[], roster: Roster): VaultAnnouncement | undefined {
  const announced = messages.flatMap((message) => {
    if (message.type !== 'vault' || !message.counts || !rolesOf(roster, message.author).includes('admin')) return [];
    const body = v.safeParse(announcement, message.body);
    return body.success ? [{ id: message.id, body: body.output }] : [];
  });
  return announced.sort((a, b) => b.body.seq - a.body.seq || (a.id < b.id ? -1 : 1))[0]?.body;
}

export function manifestText(entries: readonly ManifestEntry[]): string {
  return canonical(entries.toSorted((a, b) => (a.id < b.id ? -1 : 1)));
}

/** Opens a manifest's age file, after checking that it is the one that was announced. */
export async function openManifest(
  file: Uint8Array,
  hash: string,
  identities: readonly string[],
): Promise<Opened<readonly ManifestEntry[]>> {
  const text = await openNamed(file, hash, 'the list of documents', identities);
  if (text.type !== 'ok') return text;
  const entries = v.safeParse(v.array(kinded), parseCanonical(text.value));
  const known = entries.success ? entries.output.filter(({ kind }) => KINDS.includes(kind)) : undefined;
  const checked = v.safeParse(v.array(entry), known);
  if (checked.success) return { type: 'ok', value: checked.output };
  return { type: 'damaged', reason: 'The list of documents has a form that this version does not know.' };
}

/** Opens a document's age file, after checking it against its entry in the manifest. */
export async function openDocument(
  file: Uint8Array,
  from: ManifestEntry,
  identities: readonly string[],
): Promise<Opened<VaultDocument>> {
  const text = await openNamed(file, from.sha256, `"${from.title}"`, identities);
  if (text.type !== 'ok') return text;
  // An admin's device made it and its hash was checked: only its version is asked here.
  const value = JSON.parse(text.value) as VaultDocument;
  if (value.v === 1) return { type: 'ok', value };
  return { type: 'damaged', reason: `"${from.title}" was made by a newer version.` };
}

async function openNamed(
  file: Uint8Array,
  hash: string,
  what: string,
  identities: readonly string[],
): Promise<Opened<string>> {
  if (hashOf(file) !== hash)
    return { type: 'damaged', reason: `The copy of ${what} is not the one that was published.` };
  const text = await openFile(file, identities);
  if (text !== undefined) return { type: 'ok', value: text };
  return { type: 'sealed', reason: `This device has no key to ${what} yet.` };
}
