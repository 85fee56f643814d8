import { DatabaseSync } from 'node:sqlite';

/** A browser that asked to be told (Push API): where, and with which keys; the contents are sealed to these. */
export interface Subscription {
  readonly endpoint: string;
  readonly keys: { readonly p256dh: string; readonly auth: string };
}

export interface Subscriptions {
  all(): readonly Subscription[];
  get(endpoint: string): Subscription | undefined;
  /** False where there are too many already. */
  add(subscription: Subscription): boolean;
  remove(endpoint: string): void;
  close(): void;
}

/** More would be somebody filling the disk. */
const MOST = 100_000;

export function openSubscriptions(path: string): Subscriptions {
  const database = new DatabaseSync(path, { timeout: 5_000 });
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
  database.exec(
    'CREATE TABLE IF NOT EXISTS subscriptions (endpoint TEXT PRIMARY KEY, p256dh TEXT NOT NULL, auth TEXT NOT NULL) STRICT',
  );
  const all = database.prepare('SELECT * FROM subscriptions');
  const one = database.prepare('SELECT * FROM subscriptions WHERE endpoint = ?');
  const count = database.prepare('SELECT count(*) AS count FROM subscriptions');
  const put = database.prepare('INSERT OR REPLACE INTO subscriptions (endpoint, p256dh, auth) VALUES (?, ?, ?)');
  const remove = database.prepare('DELETE FROM subscriptions WHERE endpoint = ?');
  return {
    all: () => all.all().map(subscriptionOf),
    get: (endpoint) => {
      const row = one.get(endpoint);
      return row === undefined ? undefined : subscriptionOf(row);
    },
    add: ({ endpoint, keys }) => {
      if (one.get(endpoint) === undefined && Number(count.get()?.['count']) >= MOST) return false;
      put.run(endpoint, keys.p256dh, keys.auth);
      return true;
    },
    remove: (endpoint) => void remove.run(endpoint),
    close: () => database.close(),
  };
}

function subscriptionOf(row: Readonly<Record<string, unknown>>): Subscription {
  return { endpoint: String(row['endpoint']), keys: { p256dh: String(row['p256dh']), auth: String(row['auth']) } };
}
