import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createWorld, MINUTE, type World } from '../world.ts';

const hasJq = spawnSync('jq', ['--version']).status === 0;
if (!hasJq) console.log('Not tested: the example that finds an old page, because jq is not installed.');

const docs = readFileSync(join(import.meta.dirname, '../../../../docs/api.md'), 'utf8');
const program = /jq -ner '([^']+)'/.exec(docs)?.[1] ?? '';

function printed(world: World, now: number): string {
  const { stdout, stderr } = spawnSync('jq', ['-ner', program], {
    input: world.files(now).get('api/v2/summary.json') ?? '',
    encoding: 'utf8',
  });
  return stdout + stderr;
}

test.skipIf(!hasJq).each(['Etc/UTC', 'America/Los_Angeles', 'Asia/Kolkata'])(
  'the example in docs/api.md takes an old page in %s for unknown, and a young one for what it says',
  (time_zone) => {
    const now = Date.now();
    const world = createWorld({ time_zone });
    world.pulse(now - 1000);
    expect(printed(world, now)).toBe('All Systems Operational\n');
    const dead = createWorld({ time_zone });
    dead.pulse(now - 40 * MINUTE);
    // What a publisher wrote that died then.
    expect(printed(dead, now - 40 * MINUTE)).toBe('unknown: 40 minutes old\n');
  },
);
