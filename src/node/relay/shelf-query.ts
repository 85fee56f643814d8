import type { Filter } from './filter.ts';

export interface Query {
  /** What stands after FROM event. */
  readonly where: string;
  readonly values: readonly (string | number)[];
}

/** The filter as SQL; undefined where it can match nothing. Lists travel as one JSON value each, so no limit of SQLite is met. */
export function queryOf(filter: Filter, org: string): Query | undefined {
  const conditions: string[] = [];
  const values: (string | number)[] = [];
  const among = (column: string, wanted: readonly (string | number)[] | undefined) => {
    if (wanted === undefined) return;
    conditions.push(`${column} IN (SELECT value FROM json_each(?))`);
    values.push(JSON.stringify(wanted));
  };
  among('id', filter.ids);
  among('pubkey', filter.authors);
  among('kind', filter.kinds);
  for (const [name, wanted] of filter.tags) {
    // Every stored event carries this one `o`, so it is not kept among the tags.
    if (name === 'o') {
      if (!wanted.includes(org)) return undefined;
      continue;
    }
    conditions.push('row IN (SELECT row FROM tag WHERE name = ? AND value IN (SELECT value FROM json_each(?)))');
    values.push(name, JSON.stringify(wanted));
  }
  if (filter.since !== undefined) {
    conditions.push('created_at >= ?');
    values.push(filter.since);
  }
  if (filter.until !== undefined) {
    conditions.push('created_at <= ?');
    values.push(filter.until);
  }
  return { where: conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`, values };
}
