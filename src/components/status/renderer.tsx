import { renderToString } from 'preact-render-to-string';
import { messagesFor } from '../../i18n/choose.ts';
import type { Renderer } from '../../model/view.ts';
import { iconOf } from './favicon.ts';
import { headOf } from './head.ts';
import { Main } from './main.tsx';
import { paintAll } from './paint-all.tsx';
import { languageOf, titleOf } from './title.ts';

/** The one export of `dist/render/renderer.mjs`, which Node draws the public pages with. */
export const renderer: Renderer = {
  renderMain: (view) => renderToString(<Main view={view} messages={messagesFor(languageOf(view))} paint={paintAll} />),
  titleOf: (view) => titleOf(view, messagesFor(languageOf(view))),
  iconOf,
  unknownIn: (view) => messagesFor(languageOf(view)).headline.unknown,
  headOf: (view) => headOf(view, messagesFor(languageOf(view))),
};
