import type { IsoTime } from '../../model/clock.ts';
import type { SignedEvent } from '../../model/event.ts';
import { updateItems } from '../publish/feeds/update-items.ts';
import type { PageFacts } from '../publish/page-facts.ts';
import type { Published } from '../publish/published.ts';
import type {
  WireComponent,
  WireIncident,
  WireMaintenance,
  WireState,
  WireStatus,
} from '../publish/statuspage/wire.ts';

/** Something that others are told once. */
export type News =
  | {
      readonly type: 'update';
      /** Id of the signed event that said it; no two news have the same key. */
      readonly key: string;
      readonly title: string;
      readonly text: string;
      readonly lang: string | null;
      readonly link: string;
      readonly at: IsoTime;
      /** As the API shows it now; null where the whole was taken back, of which v2 says nothing. */
      readonly incident: WireIncident | WireMaintenance | null;
      /** What was signed; null where its content was purged. */
      readonly event: SignedEvent | null;
    }
  | {
      readonly type: 'component';
      readonly key: string;
      readonly at: IsoTime;
      readonly component: WireComponent;
      readonly before: WireStatus;
    };

/** What was last told of each component, by its id in the API. */
export type Statuses = Readonly<Record<string, WireStatus>>;

export function statusesOf({ components }: WireState): Statuses {
  return Object.fromEntries(components.filter(({ group }) => !group).map(({ id, status }) => [id, status]));
}

/** All news in `published`, told or not, oldest first: what people signed, and components that differ from `before`. */
export function newsOf(facts: PageFacts, published: Published, state: WireState, before: Statuses): readonly News[] {
  const shown = new Map([...state.incidents, ...state.scheduled_maintenances].map((one) => [one.id, one]));
  const signed = new Map(published.events.map((event) => [event.id, event]));
  const updates = updateItems(facts, published).map(
    ({ id, code, title, text, lang, link, at }): News => ({
      type: 'update',
      key: id,
      title,
      text,
      lang,
      link,
      at,
      incident: shown.get(code) ?? null,
      event: signed.get(id) ?? null,
    }),
  );
  const at = published.claims.generated_at;
  const changes = state.components.flatMap((component): News[] => {
    const was = before[component.id];
    if (component.group || was === undefined || was === component.status) return [];
    return [{ type: 'component', key: `${component.id} ${component.status} ${at}`, at, component, before: was }];
  });
  return [...updates, ...changes].toSorted((a, b) => (a.at < b.at ? -1 : 1));
}
