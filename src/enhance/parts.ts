import type { PublicIncident, Snapshot } from '../model/snapshot.ts';
import { ask } from './ask.ts';
import { keepPart, readPart } from './keep.ts';
import { sha256Hex } from './verifier.ts';

const API = '/api/lifeboat/v1';

function partPath(code: string): string {
  return `${API}/incidents/${code}.json`;
}

/** The incident as this device last checked and kept it; null where it never did. */
export async function heldIncident(code: string): Promise<PublicIncident | null> {
  const part = await readPart(partPath(code));
  return part === undefined ? null : (JSON.parse(part.text) as PublicIncident);
}

/**
 * Fetches the incidents' files that the signed snapshot vouches for and keeps those that are new: those named and `also`.
 * What does not hash to what was signed is left alone. `files` is an origin. True when something new was kept.
 */
export async function fetchIncidents(files: string, snapshot: Snapshot, also: string | null): Promise<boolean> {
  const list = await ask(`${files}${API}/parts.json`);
  if (list.type !== 'text' || sha256Hex(list.text) !== snapshot.parts) return false;
  const hashes = JSON.parse(list.text) as Readonly<Record<string, string>>;
  const { incidents, recent } = snapshot.state;
  const codes = new Set([...[...incidents, ...recent].map(({ code }) => code), ...(also === null ? [] : [also])]);
  let found = false;
  for (const path of [...codes].map(partPath)) {
    const hash = hashes[path];
    if (hash === undefined || (await readPart(path))?.hash === hash) continue;
    const part = await ask(files + path);
    if (part.type !== 'text' || sha256Hex(part.text) !== hash) continue;
    await keepPart(path, hash, part.text);
    found = true;
  }
  return found;
}
