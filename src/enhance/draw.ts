import { createElement, render } from 'preact';
import { iconOf } from '../components/status/favicon.ts';
import { Main, type Paint } from '../components/status/main.tsx';
import { paintStatus } from '../components/status/status-page.tsx';
import { titleOf } from '../components/status/title.ts';
import type { Messages } from '../i18n/messages.ts';
import type { View } from '../model/view.ts';
import { inTime } from './in-time.ts';
import type { Family } from './page-facts.ts';

/** A page brings the drawing of its own family; the front page's is in the entry itself. */
const OTHERS: Partial<Record<Family, () => Promise<Paint>>> = {
  incident: async () => (await import('../components/history/record-page.tsx')).paintRecord,
  history: async () => (await import('../components/history/history-page.tsx')).paintHistory,
  embed: async () => (await import('../components/embed/embed-page.tsx')).paintEmbed,
};

/** How much of the front page: the answer alone, every part, or also what comes after the first paint. */
export type Extent = 'answer' | 'parts' | 'whole';

/** How this page draws its family's views. Rejects where that part cannot be had in time: what is drawn then stays. */
export async function paintOf(family: Family, extent: Extent): Promise<Paint> {
  const other = OTHERS[family];
  if (other !== undefined) return inTime(other());
  if (extent === 'answer') return paintStatus('none');
  return paintStatus(extent === 'whole' ? (await inTime(import('../components/status/rest.tsx'))).rest : null);
}

/** How this page says that nothing is held: seldom, so it is fetched when needed. */
export async function paintOfNothing(family: Family): Promise<Paint> {
  if (family === 'embed') return paintOf(family, 'parts');
  return (await import('../components/status/notice-page.tsx')).paintNotice;
}

/** Draws over whatever stands in the container, the server's HTML included; never `hydrate()`, which keeps old attributes. */
export function draw(view: View, container: Element, messages: Messages, paint: Paint): void {
  render(createElement(Main, { view, messages, paint }), container);
  document.documentElement.lang = messages.language;
  document.title = titleOf(view, messages);
  document.querySelector('link[rel=icon]')?.setAttribute('href', iconOf(view));
}
