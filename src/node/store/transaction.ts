import type { DatabaseSync } from 'node:sqlite';
import { StoreFailure } from '../../log/store/damage.ts';

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

const BUSY = 5;
const FULL = 13;

/** What people can do something about (SQLITE_BUSY and SQLITE_FULL), as one plain sentence; any other error as it is. */
function inPlainWords(error: unknown): unknown {
  const code = error instanceof Error && 'errcode' in error ? error.errcode : undefined;
  if (code === FULL) return new StoreFailure('full', error);
  if (code !== BUSY) return error;
  const sentence =
    'Another process is writing to this copy of the log, and has been for seconds: try again when it has ended.';
  return new Error(sentence, { cause: error });
}
