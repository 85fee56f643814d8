import type { Engine } from './engine.ts';
import { misfitOfKeys } from './event-keys.ts';
import { idOf } from './frame.ts';

/**
 * Takes events as NDJSON for networks that break WebSockets. Resolves to one line per line, in the same order: the
 * NIP-01 OK frame, after the commit. `address` is who pays the tokens.
 */
export async function upload(engine: Engine, body: string, address: string): Promise<string> {
  const lines = body.split('\n').filter((line) => line.trim() !== '');
  const verdicts = await Promise.all(lines.map((line) => uploadOne(engine, line, address)));
  return verdicts.map((verdict) => `${verdict}\n`).join('');
}

async function uploadOne(engine: Engine, line: string, address: string): Promise<string> {
  const value = parse(line);
  const misfit = misfitOfKeys(value, line);
  if (misfit !== undefined) return JSON.stringify(['OK', idOf(value), false, `invalid: ${misfit}`]);
  return engine.post('posted', value, address);
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    // No event either: the relay answers that.
    return undefined;
  }
}
