import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Log } from '../../log/log.ts';
import { writeRoster } from '../../log/people/roster-writer.ts';
import { createOrganisation } from '../organisation/create.ts';
import { findOrganisation, type Organisation } from '../organisation/folder.ts';
import type { Tell } from './teller.ts';

/** The organisation in `dir`, made on first start. */
export async function ensureOrganisation(dir: string, name: string, tell: Tell): Promise<Organisation> {
  const found = await findOrganisation(dir);
  if (found !== undefined) return found;
  // Keys without organisation.json are those of a start that was cut off: its copy of the log belongs to nobody.
  for (const file of ['device.db', 'device.db-wal', 'device.db-shm', 'device.db.count'])
    await rm(join(dir, file), { force: true });
  const { organisation, paper } = await createOrganisation(dir, name);
  tell(`Made the organisation "${name}". Print the sheets in ${paper}, keep them apart, then delete that folder.`, {
    event: 'created',
    paper,
  });
  return organisation;
}

/** Lets the roster name these relays, so that every member's device and command finds them. */
export async function nameRelays(log: Log, relays: readonly string[]): Promise<void> {
  const { settings, versions } = log.roster();
  if (settings.relays.join() === relays.join()) return;
  await writeRoster(log, { set: { relays: [versions.relays + 1, [...relays]] } });
}
