import { candidates, type History } from './causality.ts';
import type { IsoTime } from './clock.ts';
import type { IncidentUpdateBody, MaintenanceUpdateBody } from './public-content.ts';
import { bodyOf, type PublicEvent } from './public-event.ts';
import type { EarlierText, PublicUpdate, Retraction } from './snapshot.ts';

type AnyBody = IncidentUpdateBody | MaintenanceUpdateBody;

/** One update as it stands now: what its last correction says, in its own place. */
export interface Update<Body> {
  /** The event that was said first; causality runs through it. */
  readonly event: PublicEvent;
  /** The event whose words are shown: the last correction, else `event` itself. */
  readonly shown: PublicEvent;
  readonly body: Body;
  readonly corrected: readonly EarlierText[];
  readonly retracted: Retraction | undefined;
}

/** Everything said about one incident or maintenance. */
export interface Story<Body> {
  readonly code: string;
  /** In display order, oldest first, those taken back too. */
  readonly said: readonly Update<Body>[];
  /** Updates that nothing said later overwrites; none where the whole was taken back. */
  readonly standing: readonly Update<Body>[];
  /** The whole was taken back, or each of its updates. */
  readonly retracted: Retraction | undefined;
  /** Every time that the whole was taken back, also where others' words overrule it; in display order. */
  readonly retractions: readonly Retraction[];
  /** Somebody took the whole back whose word stands beside that of others, who had not heard of it. */
  readonly isContested: boolean;
}

/**
 * Groups the updates of one kind (`read`) by the code that they name. `ordered` are the public events that count, in display
 * order; `waiting` those that still need a second opinion. A correction speaks from the place of what it corrects, so that
 * mending an old text does not reopen what a later update closed. Pure; any order, any repetition.
 */
export function storiesOf<Body extends AnyBody>(
  ordered: readonly PublicEvent[],
  history: History,
  waiting: ReadonlySet<string>,
  read: (event: PublicEvent) => Body | undefined,
): readonly Story<Body>[] {
  const found = ordered.flatMap((event): Said<Body>[] => {
    const body = waiting.has(event.id) ? undefined : read(event);
    return body === undefined ? [] : [{ event, body }];
  });
  const roots = rootsOf(found);
  const retractions = retractionsOf(ordered);
  const families = Map.groupBy(found, ({ event }) => roots.get(event.id) ?? event.id);
  const updates = [...families].flatMap(([root, family]) => update(root, family, retractions.updates, history));
  return [...Map.groupBy(updates, ({ body }) => codeOf(body))].map(([code, said]) =>
    story(code, said, retractions.wholes.get(code) ?? [], history),
  );
}

interface Said<Body> {
  readonly event: PublicEvent;
  readonly body: Body;
}

export function codeOf(body: AnyBody): string {
  return 'incident' in body ? body.incident : body.maintenance;
}

/** Each update's id to that of the one that it, over any number of corrections, corrects; a circle corrects nothing. */
function rootsOf<Body extends AnyBody>(found: readonly Said<Body>[]): ReadonlyMap<string, string> {
  const byId = new Map(found.map((one) => [one.event.id, one]));
  const target = ({ body }: Said<Body>) => {
    const one = byId.get(body.corrects ?? '');
    return one !== undefined && codeOf(one.body) === codeOf(body) ? one : undefined;
  };
  return new Map(
    found.map((one) => {
      const seen = new Set<Said<Body>>();
      let root: Said<Body> = one;
      for (let next = target(root); next !== undefined && !seen.has(next); next = target(root)) {
        seen.add(root);
        root = next;
      }
      return [one.event.id, root.event.id];
    }),
  );
}

/** One update from its first event and its corrections. Of corrections written at the same time the lowest id is shown. */
function update<Body extends AnyBody>(
  root: string,
  family: readonly Said<Body>[],
  retracted: ReadonlyMap<string, Retraction>,
  history: History,
): Update<Body>[] {
  const first = family.find(({ event }) => event.id === root);
  const corrections = family.filter((one) => one !== first).map(({ event }) => event.id);
  const [last] = candidates(corrections, history);
  const shown = family.find(({ event }) => event.id === last) ?? first;
  if (first === undefined || shown === undefined) return [];
  const earlier = family.filter((one) => one !== shown).toReversed();
  const taken = family.map(({ event }) => retracted.get(event.id)).find((one) => one !== undefined);
  return [
    {
      event: first.event,
      shown: shown.event,
      body: shown.body,
      corrected: earlier.map(({ event, body }) => ({ id: event.id, text: body.text, at: event.content.at })),
      retracted: taken,
    },
  ];
}

interface Ends {
  readonly event: PublicEvent;
  readonly retraction: Retraction;
}

function retractionsOf(ordered: readonly PublicEvent[]) {
  const updates = new Map<string, Retraction>();
  const wholes = new Map<string, Ends[]>();
  for (const event of ordered) {
    const body = bodyOf.incidentRetract(event);
    if (body === undefined) continue;
    const retraction = { at: event.content.at, reason: body.reason };
    if (body.update !== null) updates.set(body.update, retraction);
    else wholes.set(body.incident, [...(wholes.get(body.incident) ?? []), { event, retraction }]);
  }
  return { updates, wholes };
}

function story<Body>(
  code: string,
  said: readonly Update<Body>[],
  ends: readonly Ends[],
  history: History,
): Story<Body> {
  const counted = said.filter(({ retracted }) => retracted === undefined);
  const ids = [...counted, ...ends].map(({ event }) => event.id);
  const fields = candidates(ids, history);
  const standing = counted.filter(({ event }) => fields.includes(event.id));
  const retractions = ends.map(({ retraction }) => retraction);
  const whole = retractions.at(-1) ?? said.at(-1)?.retracted;
  const isTaken = standing.length === 0;
  return {
    code,
    said,
    standing,
    retracted: isTaken ? whole : undefined,
    retractions,
    isContested: !isTaken && ends.some(({ event }) => fields.includes(event.id)),
  };
}

/** When it happened, as its author dates it. */
export function happenedAt<Body extends AnyBody>({ event, body }: Update<Body>): IsoTime {
  return body.display_at ?? event.content.at;
}

/** When anything about these was last written, what counts no more included: it never goes back when more is said. */
export function lastWritten<Body extends AnyBody>({ said, retractions }: Story<Body>): IsoTime {
  const times = said.flatMap(({ shown, corrected, retracted }) => [
    shown.content.at,
    ...corrected.map(({ at }) => at),
    retracted?.at ?? '',
  ]);
  return [...times, ...retractions.map(({ at }) => at)].toSorted().at(-1) ?? '';
}

/** The update as the page shows it. */
export function publicUpdate<Body extends AnyBody>(
  one: Update<Body>,
  components?: PublicUpdate['components'],
): PublicUpdate<Body['status']> {
  const { shown, body, corrected, retracted } = one;
  const at = happenedAt(one);
  return {
    id: shown.id,
    status: body.status,
    text: body.text,
    at,
    lang: body.lang,
    ...(shown.content.at === at ? {} : { written_at: shown.content.at }),
    ...(body.translations === undefined ? {} : { translations: body.translations }),
    ...(components === undefined ? {} : { components }),
    ...(corrected.length === 0 ? {} : { corrected }),
    ...(retracted === undefined ? {} : { retracted }),
  };
}
