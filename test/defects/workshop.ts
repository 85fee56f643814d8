import { execFile, execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const ROOT = join(import.meta.dirname, '..', '..');

/** What a run of some tests showed. */
export interface Result {
  readonly passed: number;
  /** Full names of the tests that failed. */
  readonly failed: readonly string[];
  /** Files that could not even be read: that is no proof of anything. */
  readonly broken: readonly string[];
}

interface Report {
  readonly numPassedTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
  }[];
}

/** A copy of the project in which things may be broken. */
export class Workshop {
  readonly folder = mkdtempSync(join(tmpdir(), 'lifeboat-defects-'));

  constructor() {
    const list = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: ROOT });
    for (const path of list.toString().split('\0').filter(Boolean)) {
      mkdirSync(dirname(join(this.folder, path)), { recursive: true });
      cpSync(join(ROOT, path), join(this.folder, path), { force: true });
    }
    symlinkSync(join(ROOT, 'node_modules'), join(this.folder, 'node_modules'));
  }

  /** Applies a patch, or takes it back. Throws where it does not fit the code of today. */
  apply(patch: string, ...options: readonly string[]): void {
    execFileSync('git', ['apply', ...options, patch], { cwd: this.folder, stdio: ['ignore', 'ignore', 'pipe'] });
  }

  /** Runs test files in the copy. */
  async run(tests: readonly string[]): Promise<Result> {
    const report = join(this.folder, 'report.json');
    rmSync(report, { force: true });
    const vitest = join(ROOT, 'node_modules', 'vitest', 'vitest.mjs');
    const options = ['run', '--bail=1', '--reporter=json', `--outputFile=${report}`];
    await new Promise<void>((resolve) => {
      // It fails by design; what counts stands in the report.
      execFile(process.execPath, [vitest, ...options, ...tests], { cwd: this.folder }, () => resolve());
    });
    const { numPassedTests, testResults } = JSON.parse(readFileSync(report, 'utf8')) as Report;
    const all = testResults.flatMap(({ assertionResults }) => assertionResults);
    const isBroken = ({ status, assertionResults }: Report['testResults'][number]) =>
      status === 'failed' && !assertionResults.some((one) => one.status === 'failed');
    return {
      passed: numPassedTests,
      failed: all.filter(({ status }) => status === 'failed').map(({ fullName }) => fullName),
      broken: testResults.filter(isBroken).map(({ name }) => name),
    };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
