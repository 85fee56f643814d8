import { readFile } from 'node:fs/promises';
import { siteFile } from './content-folder.ts';
import { parseSite } from './site.ts';
import type { SiteVariables } from './site-variables.ts';

const LOOK_MS = 5_000;

interface Following {
  /** The content folder whose site.yaml was read just now. */
  readonly folder: string;
  readonly variables: SiteVariables;
  readonly say: (sentence: string) => void;
  readonly every_ms?: number;
}

/**
 * Looks at site.yaml now and then, and says once of each change that what runs has not read it: nothing takes it over by itself, at
 * a moment of nobody's choosing. The returned function ends it; it keeps no process alive.
 */
export async function followSiteFile({ folder, variables, say, every_ms = LOOK_MS }: Following): Promise<() => void> {
  const { path } = await siteFile(folder);
  const read = await textOf(path);
  let last = read;
  const timer = setInterval(() => void look(), every_ms);
  timer.unref();

  async function look(): Promise<void> {
    const text = await textOf(path);
    if (text === undefined || text === last) return;
    last = text;
    if (text === read) return;
    say(`${path} has changed, and this command goes on with what it read before: ${remedy(text, variables)}.`);
  }

  return () => clearInterval(timer);
}

/** What would stop the start, whoever wrote it had better know before. */
function remedy(text: string, variables: SiteVariables): string {
  try {
    parseSite(text, 'site.yaml', variables);
    return 'start it again';
  } catch (error) {
    const mistake = error instanceof Error ? error.message.replace(/\.$/, '') : String(error);
    return `mend it, then start this again (${mistake})`;
  }
}

/** Undefined while there is none. */
function textOf(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch(() => undefined); // An editor may be putting another in its place; the next look tells.
}
