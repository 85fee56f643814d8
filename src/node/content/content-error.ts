import { PlainError } from '../plain-error.ts';

/** A mistake in the operator's own files: one plain sentence that says where, what was expected and what was found. */
export class ContentError extends PlainError {
  override readonly name = 'ContentError';
}

/** `site.yaml line 14: components[1].every: expected a duration such as 10s or 5m, found "soon".` */
export function mistake(file: string, line: number | undefined, what: string): ContentError {
  return new ContentError(`${file}${line === undefined ? '' : ` line ${line}`}: ${what}`);
}

/** A value as it is shown in such a sentence, cut to a readable length. */
export function shown(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a map';
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}…"` : text;
}
