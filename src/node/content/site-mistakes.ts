import { durationText } from './site-duration.ts';
import type { SiteSource } from './site-schema.ts';
import { type Mistake, type Path, where } from './yaml-mistake.ts';

/** Mistakes of sense: what stands in the right form and contradicts something else. */
export function mistakes(site: SiteSource): Mistake[] {
  const components = [
    ...site.groups.flatMap((group, index) => at(['groups', index, 'components'], group.components)),
    ...at(['components'], site.components),
  ];
  const vendors = at(['vendors'], site.vendors);
  return [
    ...brief(site),
    ...mirrored(site),
    ...empty(site),
    ...twice('group', at(['groups'], site.groups)),
    ...twice('component', components),
    ...twice('vendor', vendors),
    ...site.components.flatMap((component, index) =>
      unknownGroup(site, component.group, ['components', index, 'group']),
    ),
    ...[...components, ...vendors].flatMap(({ item, path }) => late(item.probes, [...path, 'probes'])),
  ];
}

/** A claim that ends before the next is signed, and carried everywhere, leaves a page at Unknown in between. */
function brief({ valid_for, publish_every }: SiteSource): Mistake[] {
  if (valid_for >= 2 * publish_every) return [];
  const [found, every] = [durationText(valid_for), durationText(publish_every)];
  const text = `valid_for: expected at least twice publish_every, which is ${every}, found "${found}".`;
  return [{ path: ['valid_for'], text }];
}

function mirrored({ url, mirrors }: SiteSource): Mistake[] {
  const seen = new Map(url === undefined ? [] : [[new URL(url).href, 'url']]);
  return at(['mirrors'], mirrors).flatMap(({ item, path }) => {
    const other = seen.get(new URL(item).href);
    seen.set(new URL(item).href, 'another mirror');
    if (other === undefined) return [];
    return [{ path, text: `${where(path)}expected an address of its own, found "${item}", which ${other} is.` }];
  });
}

function empty({ groups, components }: SiteSource): Mistake[] {
  return at(['groups'], groups).flatMap(({ item, path }) => {
    if (item.components.length > 0 || components.some(({ group }) => group === item.id)) return [];
    return [{ path, text: `${where(path)}expected a group with components, found "${item.id}" without any.` }];
  });
}

interface Placed<Item> {
  readonly item: Item;
  readonly path: Path;
}

function at<Item>(path: Path, items: readonly Item[]): Placed<Item>[] {
  return items.map((item, index) => ({ item, path: [...path, index] }));
}

function twice(what: string, placed: readonly Placed<{ readonly id: string }>[]): Mistake[] {
  const seen = new Set<string>();
  return placed.flatMap(({ item, path }) => {
    if (!seen.has(item.id)) {
      seen.add(item.id);
      return [];
    }
    const text = `${where([...path, 'id'])}expected an id of its own, found "${item.id}", which another ${what} has.`;
    return [{ path: [...path, 'id'], text }];
  });
}

function unknownGroup(site: SiteSource, group: string | undefined, path: Path): Mistake[] {
  if (group === undefined || site.groups.some(({ id }) => id === group)) return [];
  const known = site.groups.map(({ id }) => id).join(', ') || 'none';
  return [{ path, text: `${where(path)}expected the id of a group (${known}), found "${group}".` }];
}

function late(probes: SiteSource['components'][number]['probes'], path: Path): Mistake[] {
  return at(path, probes).flatMap(({ item, path: place }) => {
    if (item.deadline_ms <= item.every_ms) return [];
    const [deadline, every] = [durationText(item.deadline_ms), durationText(item.every_ms)];
    const text = `${where([...place, 'deadline'])}expected at most the interval of ${every}, found "${deadline}".`;
    return [{ path: [...place, 'deadline'], text }];
  });
}
