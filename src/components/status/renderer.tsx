import { renderToString } from 'preact-render-to-string';
import type { Renderer } from '../../model/view.ts';
import { Main, titleOf } from './main.tsx';

/** The one export of `dist/render/renderer.mjs`, which Node draws the public pages with. */
export const renderer: Renderer = {
  renderMain: (view) => renderToString(<Main view={view} />),
  titleOf,
};
