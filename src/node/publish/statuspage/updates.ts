import type { IsoTime } from '../../../model/clock.ts';
import type { PublicUpdate } from '../../../model/snapshot.ts';
import type { PageFacts } from '../page-facts.ts';
import { componentId, wireStatus } from './components.ts';
import { shortId } from './short-id.ts';
import type { WireAffected, WireComponent, WireStatus, WireUpdate } from './wire.ts';

/** When it was first written: a correction keeps the place, the id and the first time of what it corrects. */
export function firstWritten({ corrected, written_at, at }: PublicUpdate<string>): IsoTime {
  return corrected?.at(-1)?.at ?? written_at ?? at;
}

/** The updates that stand, newest first, with what each changed. `all` are the page's components, groups among them. */
export function wireUpdates<Status extends string, Wire extends string>(
  facts: PageFacts,
  code: string,
  updates: readonly PublicUpdate<Status>[],
  all: readonly WireComponent[],
  wordOf: (status: Status) => Wire,
): readonly WireUpdate<Wire>[] {
  const before = new Map<string, WireStatus>();
  return updates
    .filter(({ retracted }) => retracted === undefined)
    .toReversed()
    .map((update): WireUpdate<Wire> => {
      const root = update.corrected?.at(-1)?.id ?? update.id;
      const written = firstWritten(update);
      return {
        id: shortId(root),
        status: wordOf(update.status),
        body: update.text,
        incident_id: code,
        created_at: written,
        updated_at: update.written_at ?? update.at,
        display_at: update.at,
        affected_components: affected(facts, update, all, before),
        // Of what was dated back nobody was told at the time.
        deliver_notifications: update.at === written,
        custom_tweet: null,
        tweet_id: null,
      };
    })
    .toReversed();
}

/** `before` holds what earlier updates said and takes what this one says; of a first mention v2 says "operational" before. */
function affected(
  facts: PageFacts,
  { components = [] }: PublicUpdate<string>,
  all: readonly WireComponent[],
  before: Map<string, WireStatus>,
): readonly WireAffected[] | null {
  const said = components.map(({ id, status }): WireAffected => {
    const wireId = componentId(facts, id);
    const component = all.find((one) => one.id === wireId);
    const group = component && all.find((one) => one.id === component.group_id);
    // What was said stays said of a component that site.yaml names no more; of its names only the id is left.
    const own = component?.name ?? id;
    const name = group === undefined ? own : `${group.name} - ${own}`;
    const old_status = before.get(id) ?? 'operational';
    before.set(id, wireStatus(status));
    return { code: wireId, name, old_status, new_status: wireStatus(status) };
  });
  return said.length === 0 ? null : said;
}
