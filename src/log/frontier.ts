import { parseCanonical } from '../model/canonical.ts';
import { compareHlc, type Hlc } from '../model/clock.ts';
import { KIND, previousId, type SignedEvent } from '../model/event.ts';

/** An event names at most this many parents. */
const MAX_PARENTS = 16;

/** What the next public event follows: the newest heads of the public log, and every clock seen in it. */
export interface Frontier {
  add(events: readonly SignedEvent[]): void;
  /** At most 16 ids of heads by authors that `mayCount` lets in, newest first. */
  parents(mayCount: (event: SignedEvent) => boolean): readonly string[];
  clocks(): Iterable<Hlc>;
}

export function createFrontier(): Frontier {
  const heads = new Map<string, { event: SignedEvent; hlc: Hlc }>();
  const followed = new Set<string>();
  const clocks = new Map<string, Hlc>();

  function add(event: SignedEvent): void {
    if (event.kind !== KIND.public) return;
    const says = readCausality(event.content);
    if (says === undefined) return;
    for (const id of [...says.parents, previousId(event) ?? '']) {
      followed.add(id);
      heads.delete(id);
    }
    if (!followed.has(event.id)) heads.set(event.id, { event, hlc: says.hlc });
    const own = clocks.get(event.pubkey);
    if (own === undefined || compareHlc(says.hlc, own) > 0) clocks.set(event.pubkey, says.hlc);
  }

  return {
    add: (events) => events.forEach(add),
    parents: (mayCount) =>
      [...heads.values()]
        .filter(({ event }) => mayCount(event))
        .sort((a, b) => compareHlc(b.hlc, a.hlc) || (a.event.id < b.event.id ? -1 : 1))
        .slice(0, MAX_PARENTS)
        .map(({ event }) => event.id),
    clocks: () => clocks.values(),
  };
}

function readCausality(content: string): { hlc: Hlc; parents: readonly string[] } | undefined {
  const value = parseCanonical(content);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const { hlc, parents } = value as { hlc?: unknown; parents?: unknown };
  if (!Array.isArray(hlc) || hlc.length !== 2 || !hlc.every((part) => typeof part === 'number')) return undefined;
  const ids = Array.isArray(parents) ? parents.filter((id) => typeof id === 'string') : [];
  return { hlc: [Number(hlc[0]), Number(hlc[1])], parents: ids.slice(0, MAX_PARENTS) };
}
