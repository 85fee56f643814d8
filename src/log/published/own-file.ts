import { API } from '../../model/api.ts';
import type { HistoryMonth } from '../../model/history.ts';
import { isMaintenance, type PublicRecord } from '../../model/public-record.ts';
import { sha256 } from './texts.ts';

/** Reads a published file by its path (`/api/…`); undefined where there is none, or it cannot be had now. */
export type ReadText = (path: string) => Promise<string | undefined>;

/**
 * What the site publishes of one incident or maintenance in full, believed only where it follows from a snapshot: parts.json
 * must hash to its `parts`, and name the file, itself or through the list of the month. Undefined where any link is missing.
 */
export async function ownFile(read: ReadText, parts: string, code: string): Promise<PublicRecord | undefined> {
  const [path, partsPath] = [`/${API}/incidents/${code}.json`, `/${API}/parts.json`];
  const [file, list] = await Promise.all([read(path), read(partsPath)]);
  if (file === undefined || list === undefined || sha256(list) !== parts) return undefined;
  const named = JSON.parse(list) as Readonly<Record<string, string>>;
  const record = parsed(file);
  const hash = named[path] ?? (record && (await hashInMonth(read, named, record, code)));
  return hash === sha256(file) ? record : undefined;
}

function parsed(file: string): PublicRecord | undefined {
  try {
    return JSON.parse(file) as PublicRecord;
  } catch {
    return undefined; // A login page in its place, perhaps.
  }
}

async function hashInMonth(
  read: ReadText,
  named: Readonly<Record<string, string>>,
  record: PublicRecord,
  code: string,
): Promise<string | undefined> {
  // Not believed yet: it only says in which list to look.
  const began = isMaintenance(record) ? record.scheduled_for : record.started_at;
  const path = `/${API}/history/${began.slice(0, 7)}.json`;
  const month = await read(path);
  if (month === undefined || sha256(month) !== named[path]) return undefined;
  return (JSON.parse(month) as HistoryMonth).entries.find((entry) => entry.code === code)?.sha256;
}
