import { StoreFailure, type StoreTrouble } from './damage.ts';
import { type LogDatabase, openDatabase, type Place } from './idb-open.ts';

const ATTEMPTS = 3;
const PAUSE_MS = 50;

/** What the browser calls it, and what it means. A cached connection that died shows itself as one of the first two. */
const TROUBLES: Readonly<Record<string, StoreTrouble>> = {
  UnknownError: 'unreadable',
  InvalidStateError: 'unreadable',
  QuotaExceededError: 'full',
  VersionError: 'newer',
  SecurityError: 'forbidden',
  NotAllowedError: 'forbidden',
};

/** One shared connection that is opened when needed, dropped when it died, and let go when another tab upgrades. */
export interface Connection {
  /**
   * Runs `work` on an open database; on a dead connection opens anew and runs it again, at most three times in all.
   * Rejects with a StoreFailure when storage gave up, else with what `work` threw.
   */
  use<Result>(work: (database: LogDatabase) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
}

/** `onDrop`: the connection ended; the next one may find another database. */
export function createConnection(place: Place, name: string, onDrop: () => void): Connection {
  let opening: Promise<LogDatabase> | null = null;

  function drop(): void {
    const old = opening;
    opening = null;
    onDrop();
    void old?.then(
      (database) => database.close(),
      // A connection that never opened has nothing to close; whoever asked for it has had its error.
      () => {},
    );
  }

  async function open(): Promise<LogDatabase> {
    opening ??= openDatabase(place, name, drop);
    try {
      return await opening;
    } catch (error) {
      opening = null;
      throw failureOf(error) ?? new StoreFailure('unreadable', error);
    }
  }

  return {
    use: async (work) => {
      for (let attempt = 1; ; attempt++) {
        try {
          return await work(await open());
        } catch (error) {
          const failure = failureOf(error);
          if (failure?.trouble === 'unreadable') drop();
          if (failure?.trouble !== 'unreadable' || attempt === ATTEMPTS) throw failure ?? error;
          await new Promise<void>((resolve) => place.after(PAUSE_MS * attempt, resolve));
        }
      }
    },
    close: async () => drop(),
  };
}

function failureOf(error: unknown): StoreFailure | undefined {
  if (error instanceof StoreFailure) return error;
  const trouble = TROUBLES[error instanceof Error ? error.name : ''];
  return trouble === undefined ? undefined : new StoreFailure(trouble, error);
}
