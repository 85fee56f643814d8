import type { Engine } from './engine.ts';
import { idOf } from './frame.ts';

/**
 * Takes events as NDJSON for networks that break WebSockets. Resolves to one line per line, in the same order: the
 * NIP-01 OK frame, after the commit. `address` is who pays the tokens.
 */
export function upload(engine: Engine, body: string, address: string): Promise<string> {
  const lines = body.split('\n').filter((line) => line.trim() !== '');
  const verdicts = new Array<string>(lines.length);
  /** Lines by the id that their OK will name: verdicts come in the order of the commits. */
  const waiting = new Map<string, number[]>();
  let open = lines.length;
  return new Promise((resolve) => {
    const client = engine.connect({ address, hosts: [], send: receive, close: () => undefined });
    function receive(text: string): void {
      const [word, id] = JSON.parse(text) as readonly unknown[];
      const at = word === 'OK' ? waiting.get(String(id))?.shift() : undefined;
      if (at === undefined) return;
      verdicts[at] = text;
      open -= 1;
      finishWhenDone();
    }
    function finishWhenDone(): void {
      if (open > 0) return;
      client.leave();
      resolve(verdicts.map((verdict) => `${verdict}\n`).join(''));
    }
    for (const [at, line] of lines.entries()) {
      const value = line.length < engine.state.limits.frame - 20 ? parse(line) : 'longer than a frame may be';
      const id = idOf(value);
      waiting.set(id, [...(waiting.get(id) ?? []), at]);
      // What is no event goes the same way: the relay answers what is wrong with it.
      client.receive(JSON.stringify(['EVENT', value]));
    }
    finishWhenDone();
  });
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return 'not JSON';
  }
}
