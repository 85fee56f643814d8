import { chainName, KIND, organisation, previousId, type SignedEvent, tagValue } from '../../model/event.ts';
import { displayOrder } from '../../model/order.ts';
import { publicContentOf } from '../../model/public-event.ts';
import { counts, type Roster } from '../../model/roster.ts';
import type { Entry } from './entry.ts';

/** Types that machines write by the thousand; they are in the JSON lines. */
const MACHINES = ['observation', 'day', 'page'];

/** Whether a person said it. */
export function isPersonal({ type }: Entry): boolean {
  return !MACHINES.includes(type);
}

/** What has been said in public, oldest first: removed devices' statements beyond the cut too, marked as such. */
export function publicEntries(events: readonly SignedEvent[], roster: Roster): readonly Entry[] {
  const d = chainName.status(organisation(roster.root));
  const entries = events.flatMap((event): Entry[] => {
    if (event.kind !== KIND.public || tagValue(event, 'd') !== d || roster.purged.has(event.id)) return [];
    const content = publicContentOf(event);
    const author = roster.keys.get(event.pubkey);
    if (content === undefined || author === undefined) return [];
    const { type, hlc, parents, body } = content;
    const mayCount = counts(roster, event, type);
    if (!mayCount && !author.removed) return [];
    const previous = previousId(event);
    const after = previous === undefined ? parents : [...parents, previous];
    return [{ id: event.id, member: author.member, type, hlc, after, body, counts: mayCount }];
  });
  return displayOrder(entries);
}

/** Entries by code, with the opinions on their updates; what belongs to no incident or maintenance is under the empty code. */
export function byIncident(entries: readonly Entry[]): ReadonlyMap<string, readonly Entry[]> {
  const codes = new Map(
    entries.flatMap(({ id, body }) => codePair(id, textField(body, 'incident') ?? textField(body, 'maintenance'))),
  );
  const codeOf = ({ id, body }: Entry) => codes.get(id) ?? codes.get(textField(body, 'event') ?? '') ?? '';
  return Map.groupBy(entries, codeOf);
}

function codePair(id: string, code: string | undefined): (readonly [string, string])[] {
  return code !== undefined && /^[0-9a-z]{12}$/.test(code) ? [[id, code]] : [];
}

/** The field of a body, where it holds a text. */
export function textField(body: unknown, name: string): string | undefined {
  if (typeof body !== 'object' || body === null) return undefined;
  const value = (body as Readonly<Record<string, unknown>>)[name];
  return typeof value === 'string' ? value : undefined;
}
