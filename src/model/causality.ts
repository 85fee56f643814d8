/** Anything that names what its author had seen. */
export interface Caused {
  readonly id: string;
  /** Ids seen before it was written: `parents`, and the author's own previous event. Those not held are ignored. */
  readonly after: readonly string[];
}

/** The held events in an order in which causes come before effects (ties by id). */
export function causesFirst<Item extends Caused>(items: readonly Item[]): readonly Item[] {
  const byId = new Map(items.map((item) => [item.id, item]));
  const waits = new Map<string, number>();
  const effects = new Map<string, Item[]>();
  for (const item of byId.values()) {
    const held = new Set(item.after.filter((id) => byId.has(id) && id !== item.id));
    waits.set(item.id, held.size);
    for (const id of held) {
      const known = effects.get(id);
      if (known === undefined) effects.set(id, [item]);
      else known.push(item);
    }
  }
  const sorted = [...byId.values()].filter((item) => waits.get(item.id) === 0).sort(byIdAscending);
  // Grows while it is walked: an effect joins when its last cause has passed.
  for (const item of sorted) {
    for (const effect of effects.get(item.id) ?? []) {
      const left = (waits.get(effect.id) ?? 0) - 1;
      waits.set(effect.id, left);
      if (left === 0) sorted.push(effect);
    }
  }
  return sorted;
}

/** All events through which causality may run, each with a place that is lower than that of everything it caused. */
export interface History {
  readonly held: ReadonlyMap<string, Caused>;
  readonly places: ReadonlyMap<string, number>;
}

export function historyOf(held: ReadonlyMap<string, Caused>): History {
  return { held, places: new Map(causesFirst([...held.values()]).map(({ id }, place) => [id, place])) };
}

/** What was said of one thing. */
interface Field {
  readonly ids: ReadonlySet<string>;
  /** The lowest of their places. */
  readonly first: number;
}

export function fieldOf(statements: readonly string[], { places }: History): Field {
  return { ids: new Set(statements), first: Math.min(...statements.map((id) => places.get(id) ?? -1)) };
}

/**
 * The ids among `statements` that no other of them causally overwrites: the candidates for a field (DESIGN §4).
 * Clocks play no part.
 */
export function candidates(statements: readonly string[], history: History): readonly string[] {
  const field = fieldOf(statements, history);
  const overwritten = new Set(statements.flatMap((statement) => overwrittenBy(statement, field, history)));
  return [...field.ids].filter((id) => !overwritten.has(id)).sort();
}

/** The ids of a field that causality leads to from a statement before it leads to any other of them. */
export function overwrittenBy(statement: string, { ids, first }: Field, { held, places }: History): readonly string[] {
  const found: string[] = [];
  const seen = new Set<string>();
  const open = [...(held.get(statement)?.after ?? [])];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    // What stands before the field's first statement cannot lead to any of them.
    if (seen.has(id) || (places.get(id) ?? -1) < first) continue;
    seen.add(id);
    // Behind another statement of the field that one's own walk goes on.
    if (ids.has(id)) found.push(id);
    else open.push(...(held.get(id)?.after ?? []));
  }
  return found;
}

function byIdAscending(a: Caused, b: Caused): number {
  return a.id < b.id ? -1 : 1;
}
