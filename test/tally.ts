// vitest prints no line of the form "N passed, N failed"; CI wants it last, also after an import error or a late crash.
import type { Reporter, TestCase, TestModule } from 'vitest/node';

export class Tally implements Reporter {
  #passed = 0;
  #failed = 0;
  readonly #skipped: string[] = [];

  onTestCaseResult(test: TestCase): void {
    const { state } = test.result();
    if (state === 'passed') this.#passed += 1;
    else if (state === 'failed') this.#failed += 1;
    else if (state === 'skipped') this.#skipped.push(skipLine(test));
  }

  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[]): void {
    // A file that could not be imported, or whose hooks failed, has errors of its own and no failed test.
    for (const module of modules) this.#failed += module.errors().length;
    this.#failed += unhandled.length;
  }

  /** Counts a crash outside any test. */
  crashed(): void {
    this.#failed += 1;
  }

  get isGood(): boolean {
    return this.#failed === 0 && this.#passed > 0;
  }

  /** The skipped tests by name, then the counts. */
  lines(): string {
    const skipped = this.#skipped.length === 0 ? '' : `Skipped: ${this.#skipped.join('; ')}\n`;
    const count = this.#skipped.length === 0 ? '' : `, ${this.#skipped.length} skipped`;
    return `${skipped}${this.#passed} passed, ${this.#failed} failed${count}\n`;
  }
}

function skipLine(test: TestCase): string {
  const result = test.result();
  const note = result.state === 'skipped' ? result.note : undefined;
  return note === undefined ? test.fullName : `${test.fullName} (${note})`;
}
