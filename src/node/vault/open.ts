import type { Log } from '../../log/log.ts';
import type { Rooms } from '../../log/rooms/room.ts';
import { vaultIdentity } from '../../vault/age-file.ts';
import type { VaultDocument } from '../../vault/document.ts';
import { currentVault, type Opened, openDocument, openManifest } from '../../vault/manifest.ts';
import { PlainError } from '../plain-error.ts';
import { ageFolder } from './age-folder.ts';

export interface VaultOpened {
  readonly documents: readonly VaultDocument[];
  /** One sentence for each file that is missing, damaged or sealed to others. */
  readonly problems: readonly string[];
}

/** Reads back what `buildVault` sealed, with this device's keys, from the published site in `out`. @throws PlainError */
export async function openVault(log: Log, rooms: Rooms, out: string): Promise<VaultOpened> {
  const room = rooms.main('vault');
  const announced = room && currentVault(room.messages, log.roster());
  if (room === undefined || announced === undefined) {
    throw new PlainError('No vault has been announced to this device yet; run "lifeboat vault build" on an admin’s.');
  }
  const identities = rooms.epochs(room.id).all.map(({ secret }) => vaultIdentity(secret));
  const folder = ageFolder(out);
  const manifest = await openManifest(await folder.read(announced.manifest), announced.manifest, identities);
  if (manifest.type !== 'ok') throw new PlainError(manifest.reason);
  const documents: VaultDocument[] = [];
  const problems: string[] = [];
  for (const entry of manifest.value) {
    const opened = await folder.read(entry.sha256).then(
      (file) => openDocument(file, entry, identities),
      (error: Error): Opened<VaultDocument> => ({ type: 'damaged', reason: error.message }),
    );
    if (opened.type === 'ok') documents.push(opened.value);
    else problems.push(opened.reason);
  }
  return { documents, problems };
}
