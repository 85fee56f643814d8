import type { SignedEvent } from '../../model/event.ts';
import { writeWhole } from './atomic.ts';
import type { drawnPages } from './pages.ts';
import { API, text } from './parts.ts';

/** Parts first, then pages, the snapshot and the index last: a reader of the index finds everything that it names. */
export async function writeFiles(
  out: string,
  files: ReadonlyMap<string, string>,
  parts: string,
  event: SignedEvent,
  pages: ReturnType<typeof drawnPages>,
): Promise<void> {
  for (const [path, data] of files) await writeWhole(out, path, data);
  await writeWhole(out, `${API}/parts.json`, parts);
  for (const [path, html] of pages.slice(0, -1)) await writeWhole(out, path, html);
  await writeWhole(out, `${API}/snapshot.json`, text(event));
  for (const [path, html] of pages.slice(-1)) await writeWhole(out, path, html);
}
