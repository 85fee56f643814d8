import type { DatabaseSync } from 'node:sqlite';

/** Runs `work` in one immediate transaction: committed with fsync when it returns, rolled back when it throws. */
export function createTransaction(database: DatabaseSync): <Result>(work: () => Result) => Result {
  return (work) => {
    try {
      database.exec('BEGIN IMMEDIATE');
      const result = work();
      database.exec('COMMIT');
      return result;
    } catch (error) {
      if (database.isTransaction) database.exec('ROLLBACK');
      throw inPlainWords(error);
    }
  };
}

/** SQLITE_BUSY (5) and SQLITE_FULL (13), by their numbers. */
const IN_PLAIN_WORDS = new Map<unknown, string>([
  [5, 'Another process is writing to this copy of the log, and has been for seconds: try again when it has ended.'],
  [13, 'The disk is full: the event was not saved. Free some space and try again.'],
]);

/** What people can do something about, as one plain sentence; any other error as it is. */
function inPlainWords(error: unknown): unknown {
  const sentence = error instanceof Error && 'errcode' in error ? IN_PLAIN_WORDS.get(error.errcode) : undefined;
  return sentence === undefined ? error : new Error(sentence, { cause: error });
}
