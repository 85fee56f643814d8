import type * as v from 'valibot';
import { shown } from './content-error.ts';

export type Path = readonly (string | number)[];

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

/** `components[1].probes[0].every: `; nothing for the whole document. */
export function where(path: Path): string {
  const text = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`)).join('');
  return text === '' ? '' : `${text.replace(/^\./, '')}: `;
}
