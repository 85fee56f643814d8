/** The device's copy in SQLite. `tip` order: highest `s`, then lowest id. */
export const SCHEMA = `
  CREATE TABLE IF NOT EXISTS events (
    id TEXT PRIMARY KEY, pubkey TEXT NOT NULL, d TEXT NOT NULL, s INTEGER, slot TEXT UNIQUE, event TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS chains ON events (pubkey, d, s) WHERE s IS NOT NULL;
  CREATE TABLE IF NOT EXISTS receipts (id TEXT NOT NULL, relay TEXT NOT NULL, PRIMARY KEY (id, relay)) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS ledger (one INTEGER PRIMARY KEY CHECK (one = 1), text TEXT NOT NULL) STRICT;
`;
