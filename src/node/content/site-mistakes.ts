import type * as v from 'valibot';
import { shown } from './content-error.ts';
import { durationText } from './site-duration.ts';
import type { SiteSource } from './site-schema.ts';

type Path = readonly (string | number)[];

/** What is wrong, and where in the document. */
export interface Mistake {
  readonly path: Path;
  readonly text: string;
}

/** A mistake of form, as the schema found it. */
export function sentence(issue: v.BaseIssue<unknown>): Mistake {
  const path = (issue.path ?? []).map((item) => item.key as string | number);
  if (issue.type !== 'strict_object' || issue.path?.at(-1)?.origin !== 'key') {
    return { path, text: `${where(path)}expected ${issue.message}, found ${shown(issue.input)}.` };
  }
  const [parent, key] = [path.slice(0, -1), JSON.stringify(path.at(-1))];
  if (issue.expected === 'never') {
    return { path, text: `${where(parent)}expected ${issue.message}, found the unknown key ${key}.` };
  }
  return { path, text: `${where(parent)}expected the key ${key}, found none.` };
}

/** Mistakes of sense: what stands in the right form and contradicts something else. */
export function mistakes(site: SiteSource): Mistake[] {
  const components = [
    ...site.groups.flatMap((group, index) => at(['groups', index, 'components'], group.components)),
    ...at(['components'], site.components),
  ];
  const vendors = at(['vendors'], site.vendors);
  return [
    ...brief(site),
    ...twice('group', at(['groups'], site.groups)),
    ...twice('component', components),
    ...twice('vendor', vendors),
    ...site.components.flatMap((component, index) =>
      unknownGroup(site, component.group, ['components', index, 'group']),
    ),
    ...[...components, ...vendors].flatMap(({ item, path }) => late(item.probes, [...path, 'probes'])),
  ];
}

/** A claim that ends before the next is signed leaves the page at Unknown in between. */
function brief({ valid_for, publish_every }: SiteSource): Mistake[] {
  if (valid_for > publish_every) return [];
  const [found, every] = [durationText(valid_for), durationText(publish_every)];
  return [
    { path: ['valid_for'], text: `valid_for: expected more than publish_every, which is ${every}, found "${found}".` },
  ];
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

/** `components[1].probes[0].every: `; nothing for the whole document. */
function where(path: Path): string {
  const text = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`)).join('');
  return text === '' ? '' : `${text.replace(/^\./, '')}: `;
}
