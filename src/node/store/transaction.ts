import type { DatabaseSync } from 'node:sqlite';

/** Runs `work` in one immediate transaction: committed with fsync when it returns, rolled back when it throws. */
export function createTransaction(database: DatabaseSync): <Result>(work: () => Result) => Result {
  return (work) => {
    database.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      database.exec('COMMIT');
      return result;
    } catch (error) {
      if (database.isTransaction) database.exec('ROLLBACK');
      throw inPlainWords(error);
    }
  };
}

/** SQLITE_FULL (13) as one plain sentence; any other error as it is. */
function inPlainWords(error: unknown): unknown {
  const full = error instanceof Error && 'errcode' in error && error.errcode === 13;
  return full
    ? new Error('The disk is full: the event was not saved. Free some space and try again.', { cause: error })
    : error;
}
