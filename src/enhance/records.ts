import { API } from '../model/api.ts';
import type { HistoryMonth } from '../model/history.ts';
import type { PublicRecord } from '../model/public-record.ts';
import { agrees, type HeldRecord } from '../model/record-view.ts';
import { ask } from './ask.ts';
import { heldPart, openParts, type Parts, parsed, type Vouching } from './parts.ts';

/** The own file of the incident or maintenance `code` as this device last checked and kept it; null where it never did. */
export async function heldRecord(root: string, code: string): Promise<HeldRecord | null> {
  const part = await heldPart(root, ownFile(code));
  const record = parsed<PublicRecord>(part?.text ?? null);
  return part === null || record === null ? null : { record, as_of: part.as_of };
}

/** The newest own file that `parts` vouch for: by name, or by the list of its month. */
export async function readRecord(code: string, parts: Parts, hosts: readonly string[]): Promise<HeldRecord | null> {
  const isNamed = parts.hashOf(ownFile(code)) !== undefined;
  const text = isNamed ? await parts.read(ownFile(code)) : await readOld(code, parts, hosts);
  const record = parsed<PublicRecord>(text);
  return record === null ? null : { record, as_of: parts.as_of };
}

/** Fetches ahead what the front page tells of, where this device holds nothing or another word. */
export async function fetchAhead(copy: Vouching, hosts: readonly string[]): Promise<void> {
  const { incidents, recent, maintenances } = copy.snapshot.state;
  let parts: Parts | null = null;
  for (const stated of [...incidents, ...maintenances, ...recent]) {
    const { code } = stated;
    const held = await heldRecord(copy.root, code);
    if (held !== null && agrees(held.record, stated)) continue;
    parts ??= await openParts(copy, hosts);
    if (parts === null) return;
    await parts.read(ownFile(code));
  }
}

/** parts.json names no old file; the file itself says in which month's list its hash stands. */
async function readOld(code: string, parts: Parts, hosts: readonly string[]): Promise<string | null> {
  const held = (await heldPart(parts.root, ownFile(code)))?.text ?? null;
  const asked = hosts.map((host) => async () => {
    const answer = await ask(host + ownFile(code));
    return answer.type === 'text' ? answer.text : null;
  });
  for (const claim of [async () => held, ...asked]) {
    const month = monthOf(await claim());
    const list = month === null ? null : parsed<HistoryMonth>(await parts.read(`/${API}/history/${month}.json`));
    const hash = list?.entries.find((entry) => entry.code === code)?.sha256;
    const text = hash === undefined ? null : await parts.read(ownFile(code), hash);
    if (text !== null) return text;
  }
  return null;
}

/** UTC month in which it began, YYYY-MM. */
function monthOf(text: string | null): string | null {
  const record = parsed<Partial<Record<'scheduled_for' | 'started_at', unknown>>>(text);
  const began = record?.scheduled_for ?? record?.started_at;
  return typeof began === 'string' ? began.slice(0, 7) : null;
}

function ownFile(code: string): string {
  return `/${API}/incidents/${code}.json`;
}
