import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readDefects } from '../defects/defect.ts';
import { PROJECT } from './sources.ts';

// Whether tests notice the defects is shown by `npm run test:defects`; here only that each still fits the code of today.
describe('the seeded defects', () => {
  const defects = readDefects();

  test('are at least twelve, and name tests that exist', () => {
    expect(defects.length).toBeGreaterThanOrEqual(12);
    const missing = defects.flatMap(({ tests }) => tests).filter((path) => !existsSync(join(PROJECT, path)));
    expect(missing).toEqual([]);
  });

  test.for(defects)('$name still applies', ({ patch }, { skip }) => {
    if (spawnSync('git', ['--version']).status !== 0) skip('git is not installed');
    expect(() => execFileSync('git', ['apply', '--check', patch], { cwd: PROJECT, stdio: 'pipe' })).not.toThrow();
  });
});
