import { open, readFile, rm } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { isAlive } from './live-process.ts';

const PATIENCE_MS = 180_000;

/**
 * Holds `path` as a lock file that names this process, waiting while another living process holds it.
 * Resolves to the function that lets go; throws after three minutes.
 */
export async function holdLock(path: string): Promise<() => Promise<void>> {
  const deadline = Date.now() + PATIENCE_MS;
  while (Date.now() < deadline) {
    if (await take(path)) return () => rm(path, { force: true });
    const holder = Number(await readFile(path, 'utf8').catch(() => ''));
    // A dead holder left its file behind; an empty one is between its two lines, and not yet old enough to judge.
    if (holder > 0 && !isAlive(holder)) await rm(path, { force: true });
    else await pause(100);
  }
  throw new Error(`${path} is held by another process for more than three minutes; end that process and start again.`);
}

async function take(path: string): Promise<boolean> {
  try {
    const file = await open(path, 'wx');
    await file.writeFile(String(process.pid));
    await file.close();
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}
