import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type Log, openLog } from '../../src/log/log.ts';
import { createMemoryStore } from '../../src/log/store/memory-store.ts';
import { chainName } from '../../src/model/event.ts';
import { nodePlatform } from '../../src/node/platform.ts';
import { keyNumber, ROOT, rosterFor } from './signing.ts';

export const DEVICE = keyNumber(1);
export const ROOM = chainName.room('5'.repeat(32));
/** One commander device, granted by the root. */
export const ROSTER = rosterFor([{ key: DEVICE, roles: ['admin', 'commander'] }]);

/** A device's log over a memory store, closed when the test ends. */
export async function openDevice(relays: readonly string[], secretKey: Uint8Array | null = DEVICE): Promise<Log> {
  const log = await openLog({ root: ROOT, relays, store: createMemoryStore(), platform: nodePlatform });
  onTestFinished(() => log.close());
  if (secretKey !== null) log.unlock(secretKey);
  return log;
}

export function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'lifeboat-log-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A log whose events all are on as many relays as `count`. */
export function leastReceipts(log: Log): number {
  return Math.min(...log.events().map(({ id }) => log.receipts(id).length));
}
