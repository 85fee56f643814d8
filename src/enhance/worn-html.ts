import { statusIcon } from '../components/status/favicon.ts';
import { statusShapes } from '../components/ui/status-icon.tsx';
import type { Messages } from '../i18n/messages.ts';

/**
 * The server's own HTML, on a device that could get no snapshot to draw from: once its time has run out its colours and
 * words become Unknown, on the tab too. The incidents' texts stay.
 */
export function wearOut(container: Element, messages: Messages): void {
  const worn = container.querySelectorAll<HTMLElement>('[data-freshness], [data-component], .group summary');
  for (const element of worn) {
    const { dataset } = element;
    if (dataset['status'] === 'unknown') continue;
    dataset['status'] = 'unknown';
    if (dataset['freshness']) dataset['freshness'] = 'expired';
    const word = element.querySelector('.answer, .word');
    if (word !== null) word.textContent = messages.component.unknown;
    element.querySelector('.icon path')?.setAttribute('d', statusShapes.unknown);
    element.closest('details')?.setAttribute('open', '');
    if (element.querySelector('h1') === null) continue;
    document.title = document.title.replace(/^[^·]*(?= ·)/, messages.headline.unknown);
    document.querySelector('link[rel=icon]')?.setAttribute('href', statusIcon('unknown'));
  }
}
