import { statusShapes } from '../components/ui/status-icon.tsx';
import { messagesFor } from '../i18n/choose.ts';

/**
 * The server's own HTML, on a device that could get no snapshot to draw from: once its time has run out its colours and
 * words become Unknown. The incidents' texts stay.
 */
export function wearOut(container: Element, language: string): void {
  const messages = messagesFor(language);
  for (const element of container.querySelectorAll('[data-freshness], [data-component], .group h3')) {
    if (element.getAttribute('data-status') === 'unknown') continue;
    element.setAttribute('data-status', 'unknown');
    const word = element.querySelector('.answer, .word');
    if (word !== null) word.textContent = messages.component.unknown;
    element.querySelector('.icon path')?.setAttribute('d', statusShapes.unknown);
    if (element.hasAttribute('data-freshness')) element.setAttribute('data-freshness', 'expired');
  }
}
