import type { IsoTime } from '../../../model/clock.ts';
import type { PublicComponent } from '../../../model/snapshot.ts';
import type { ComponentStatus } from '../../../model/status.ts';
import type { PageFacts } from '../page-facts.ts';
import type { Published } from '../published.ts';
import { shortId } from './short-id.ts';
import type { WireComponent, WireStatus } from './wire.ts';

/** From best to worst, as Statuspage ranks them for a group: maintenance is milder than any trouble. */
const WIRE_STATUSES: readonly WireStatus[] = [
  'operational',
  'under_maintenance',
  'degraded_performance',
  'partial_outage',
  'major_outage',
];

/** v2 has no word for unknown, and must not call it well. */
export function wireStatus(status: ComponentStatus): WireStatus {
  return status === 'unknown' ? 'degraded_performance' : status;
}

export function componentId({ org }: PageFacts, id: string): string {
  return shortId(`${org}:component:${id}`);
}

/**
 * `shown` (components as they may be believed now) and the groups that have any, in the page's own order: first those without
 * a group, then the groups. Statuspage lists all by their position, which begins anew in each group. `words` are `lastWords`.
 */
export function wireComponents(
  facts: PageFacts,
  site: Published['site'],
  shown: readonly PublicComponent[],
  words: ReadonlyMap<string, IsoTime>,
): readonly WireComponent[] {
  const childrenOf = (group: string) => shown.filter((component) => component.group === group);
  const groups = site.groups.filter(({ id }) => childrenOf(id).length > 0);
  const single = shown.filter((component) => !groups.some(({ id }) => id === component.group));
  const probed = new Set(site.components.filter(({ probes }) => probes.length > 0).map(({ id }) => id));
  const one = (component: PublicComponent, index: number, group_id: string | null) =>
    wireComponent(facts, component, index + 1, group_id, probed.has(component.id), words.get(component.id));
  const top = single.map((component, index) => one(component, index, null));
  const nested = groups.map((group, index) => {
    const id = shortId(`${facts.org}:group:${group.id}`);
    const children = childrenOf(group.id).map((component, place) => one(component, place, id));
    return [wireGroup(facts, id, group.name, top.length + index + 1, children), ...children];
  });
  return [...top, ...nested.flat()].toSorted((a, b) => a.position - b.position);
}

function wireComponent(
  facts: PageFacts,
  { id, name, status, changed_at, description }: PublicComponent,
  position: number,
  group_id: string | null,
  probed: boolean,
  word: IsoTime | undefined,
): WireComponent {
  return {
    id: componentId(facts, id),
    name,
    status: wireStatus(status),
    created_at: facts.founded,
    updated_at: latest([facts.founded, changed_at ?? '', word ?? '']),
    position,
    description,
    // The page shows the uptime of whatever is watched.
    showcase: probed,
    start_date: null,
    group_id,
    page_id: facts.id,
    group: false,
    only_show_if_degraded: false,
  };
}

function wireGroup(
  facts: PageFacts,
  id: string,
  name: string,
  position: number,
  children: readonly WireComponent[],
): WireComponent {
  return {
    id,
    name,
    status: worstWireStatus(children.map(({ status }) => status)),
    created_at: facts.founded,
    updated_at: latest([facts.founded, ...children.map(({ updated_at }) => updated_at)]),
    position,
    description: null,
    showcase: false,
    start_date: null,
    group_id: null,
    page_id: facts.id,
    group: true,
    only_show_if_degraded: false,
    components: children.map((child) => child.id),
  };
}

function latest(times: readonly IsoTime[]): IsoTime {
  return times.toSorted().at(-1) ?? '';
}

/** Of none at all, not well: no components must not mean green. */
export function worstWireStatus(statuses: readonly WireStatus[]): WireStatus {
  return WIRE_STATUSES[Math.max(...statuses.map((status) => WIRE_STATUSES.indexOf(status)))] ?? wireStatus('unknown');
}
