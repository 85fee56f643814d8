/**
 * What a person is told: one plain sentence that says what, where and what to do.
 * Exit code 2: wrong use or broken input; 1: done, and the answer is no.
 */
export class PlainError extends Error {
  override readonly name: string = 'PlainError';
  readonly exitCode: 1 | 2;

  constructor(sentence: string, exitCode: 1 | 2 = 2) {
    super(sentence);
    this.exitCode = exitCode;
  }
}
