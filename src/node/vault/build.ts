import { join } from 'node:path';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import type { Log } from '../../log/log.ts';
import type { Epoch } from '../../log/rooms/epoch.ts';
import type { Room, Rooms } from '../../log/rooms/room.ts';
import { recipientOf, vaultIdentity } from '../../vault/age-file.ts';
import type { VaultDocument } from '../../vault/document.ts';
import {
  currentVault,
  hashOf,
  type ManifestEntry,
  manifestText,
  type VaultAnnouncement,
} from '../../vault/manifest.ts';
import { readPeople } from '../content/people.ts';
import { readRunbooks } from '../content/runbook-folder.ts';
import { readTemplates } from '../content/templates.ts';
import { writeWhole } from '../organisation/folder.ts';
import { PlainError } from '../plain-error.ts';
import { ageFolder } from './age-folder.ts';
import { readMemory, type SealedFile, type VaultMemory } from './memory.ts';

export interface VaultBuild {
  readonly log: Log;
  readonly rooms: Rooms;
  /** The operator's content folder. */
  readonly content: string;
  /** The published site; the files go to its `vault/`. */
  readonly out: string;
  /** Where the memory of the last build lies: `vault.json`. */
  readonly dir: string;
  /** The recovery recipient (age1…), whose identity exists only on paper. */
  readonly recovery: string;
}

export interface VaultBuilt {
  readonly documents: number;
  /** Files that were sealed in this build, and those that were there already; the manifest is one of them. */
  readonly sealed: number;
  readonly kept: number;
  readonly seq: number;
  /** SHA-256 of the manifest's age file. */
  readonly manifest: string;
}

/**
 * Seals every runbook, people.yaml and every template to the vault's epoch and the recovery recipient, one age file each, and announces
 * the new manifest in the vault room if anything changed. @throws PlainError
 */
export async function buildVault({ log, rooms, content, out, dir, recovery }: VaultBuild): Promise<VaultBuilt> {
  const documents = await readDocuments(content);
  const { room, epoch } = await vaultRoom(rooms);
  const recipients = [await recipientOf(vaultIdentity(epoch.secret)), recovery];
  const memoryPath = join(dir, 'vault.json');
  const memory = await readMemory(memoryPath, recipients);
  const folder = ageFolder(out);

  let sealed = 0;
  async function keepOrSeal(text: string, known: SealedFile | undefined): Promise<SealedFile> {
    if (known !== undefined && (await folder.holds(known.sha256))) return known;
    sealed += 1;
    return await folder.seal(text, recipients);
  }

  const files: Record<string, SealedFile> = {};
  const entries: ManifestEntry[] = [];
  for (const document of documents) {
    const text = JSON.stringify(document);
    const hash = textHash(text);
    const file = await keepOrSeal(text, memory.files[hash]);
    files[hash] = file;
    entries.push(entryOf(document, file));
  }
  const text = manifestText(entries);
  const known = memory.manifest?.text === textHash(text) ? { sha256: memory.manifest.file, size: 0 } : undefined;
  const manifest = (await keepOrSeal(text, known)).sha256;
  const next: VaultMemory = {
    v: 1,
    recipients,
    files,
    manifest: { text: textHash(text), file: manifest },
    before: [...(manifest === memory.manifest?.file ? memory.before : namesOf(memory))],
  };
  // Remembered before it is announced: a build that is cut off in between announces the same files when it runs again.
  await writeWhole(memoryPath, `${JSON.stringify(next)}\n`);
  const seq = await announce(log, rooms, room.id, manifest, entries.length);
  await folder.sweep(new Set([...namesOf(next), ...next.before]));
  return { documents: documents.length, sealed, kept: entries.length + 1 - sealed, seq, manifest };
}

async function readDocuments(content: string): Promise<readonly VaultDocument[]> {
  const people = await readPeople(content);
  const runbooks = await readRunbooks(content);
  const documents = [...runbooks, ...(people === undefined ? [] : [people]), ...(await readTemplates(content))];
  const ids = documents.map(({ id }) => id);
  const twin = ids.find((id, i) => ids.indexOf(id) !== i);
  if (twin !== undefined)
    throw new PlainError(`Two documents of ${content} have the id "${twin}"; rename one of them.`);
  return documents;
}

/** The vault room; after a removal a new epoch is made first, so that nothing more is sealed to the removed. */
async function vaultRoom(rooms: Rooms): Promise<{ readonly room: Room; readonly epoch: Epoch }> {
  const room = rooms.main('vault');
  if (room === undefined) throw new PlainError('This device has no key to the vault: an admin must grant it one.');
  if (rooms.epochs(room.id).current === undefined) await rooms.renew();
  const epoch = rooms.epochs(room.id).current;
  if (epoch === undefined) throw new PlainError('This device may not seal the vault: an admin must do it.');
  return { room, epoch };
}

/** Names the manifest in the vault room, unless the last announcement already does; its `seq`. */
async function announce(log: Log, rooms: Rooms, room: string, manifest: string, files: number): Promise<number> {
  const last = currentVault(rooms.get(room)?.messages ?? [], log.roster());
  if (last?.manifest === manifest) return last.seq;
  const body: VaultAnnouncement = { seq: (last?.seq ?? 0) + 1, manifest, files };
  await rooms.say(room, 'vault', body);
  return body.seq;
}

function entryOf(document: VaultDocument, { sha256, size }: SealedFile): ManifestEntry {
  const { id, title, kind } = document;
  const [services, alerts] = kind === 'runbook' ? [document.services, document.alerts] : [[], []];
  return { id, title, kind, sha256, size, services: [...services], alerts: [...alerts] };
}

function namesOf({ files, manifest }: VaultMemory): readonly string[] {
  const names = Object.values(files).map(({ sha256 }) => sha256);
  return manifest === null ? names : [...names, manifest.file];
}

function textHash(text: string): string {
  return hashOf(utf8ToBytes(text));
}
