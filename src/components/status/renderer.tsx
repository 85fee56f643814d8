import { renderToString } from 'preact-render-to-string';
import type { View } from '../../model/view.ts';
import { Main, type titleOf } from './main.tsx';

export { titleOf } from './main.tsx';

/** HTML of the one root element of a public page. */
export function renderMain(view: View): string {
  return renderToString(<Main view={view} />);
}

/** What `dist/render/renderer.mjs` exports. */
export interface Renderer {
  readonly renderMain: typeof renderMain;
  readonly titleOf: typeof titleOf;
}
