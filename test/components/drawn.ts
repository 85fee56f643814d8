import { render as draw } from 'preact-render-to-string';
import type { Paint } from '../../src/components/status/main.tsx';
import { en } from '../../src/i18n/en.ts';
import type { View } from '../../src/model/view.ts';

/** The HTML of a page in English; empty where the painter has nothing to do with such a view. */
export function drawn(paint: Paint, view: View): string {
  const page = paint(view, en);
  return page === null ? '' : draw(page);
}

/** What of HTML a person reads. */
export function textOf(html: string | undefined): string {
  return (html ?? '').replace(/<[^>]*>/g, '');
}
