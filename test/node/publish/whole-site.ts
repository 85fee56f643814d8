import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { verifyEvent } from '../../../src/log/event.ts';
import { partPath } from '../../../src/log/published/part-path.ts';
import { sha256 } from '../../../src/log/published/texts.ts';
import { API } from '../../../src/model/api.ts';
import type { SignedEvent } from '../../../src/model/event.ts';
import { organisation } from '../../../src/model/event.ts';
import type { HistoryIndex, HistoryMonth } from '../../../src/model/history.ts';
import type { Snapshot } from '../../../src/model/snapshot.ts';
import { root } from './harbour.ts';

/**
 * Reads the site in `out` as somebody does who comes for the first time: the front page, the snapshot, the list of its parts, and
 * all that it vouches for. Returns the snapshot and everything that is not whole.
 */
export function readSite(out: string): { readonly snapshot: Snapshot; readonly wrong: readonly string[] } {
  const wrong: string[] = [];
  const read = (path: string) => (existsSync(join(out, path)) ? readFileSync(join(out, path), 'utf8') : undefined);
  const must = (isRight: boolean, sentence: string) => isRight || wrong.push(sentence);

  const event = JSON.parse(read(`${API}/snapshot.json`) ?? 'null') as SignedEvent;
  must(verifyEvent(event, organisation(root)).type === 'ok', 'snapshot.json: not signed');
  const snapshot = JSON.parse(event.content) as Snapshot;
  const front = Number(/data-seq="(\d+)"/.exec(read('index.html') ?? '')?.[1] ?? Number.NaN);
  must(front <= snapshot.seq, `index.html: shows ${front}, which the snapshot ${snapshot.seq} does not vouch for yet`);

  /** Under its own hash, or under its plain name. */
  function part(path: string, hash: string): string | undefined {
    const found = [read(partPath(path, hash)), read(path)].find((text) => text !== undefined && sha256(text) === hash);
    must(found !== undefined, `${path}: nowhere with the hash that is named`);
    return found;
  }

  const list = JSON.parse(part(`${API}/parts.json`, snapshot.parts) ?? '{}') as Readonly<Record<string, string>>;
  const named = new Map(Object.entries(list).map(([path, hash]) => [path.slice(1), hash]));
  const texts = new Map<string, string>();
  for (const [path, hash] of named) {
    if (!/^(api\/lifeboat|log)\//.test(path)) must(isWhole(path, read(path) ?? ''), `${path}: a half`);
    else texts.set(path, part(path, hash) ?? 'null');
  }
  const index = JSON.parse(texts.get(`${API}/history.json`) ?? 'null') as HistoryIndex;
  for (const month of index.months) {
    const { entries } = JSON.parse(texts.get(`${API}/history/${month}.json`) ?? 'null') as HistoryMonth;
    for (const { code, sha256: hash } of entries) part(`${API}/incidents/${code}.json`, hash);
  }
  for (const path of readdirSync(out, { recursive: true, encoding: 'utf8' })) {
    if (path.endsWith('index.html')) must(isWhole(path, read(path) ?? ''), `${path}: a half`);
  }
  return { snapshot, wrong };
}

/** What stands alone is one file that is replaced in one go. */
function isWhole(path: string, text: string): boolean {
  if (!path.endsWith('.json')) return /(<\/html>|<\/svg>|<\/feed>|<\/rss>|END:VCALENDAR)\s*$/.test(text);
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false; // A half, then.
  }
}

export function draftsIn(out: string): readonly string[] {
  return readdirSync(out, { recursive: true, encoding: 'utf8' }).filter((path) => path.includes('.draft-'));
}
