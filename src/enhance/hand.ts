// Loaded after the first paint: the page can be read without it.
import type { Language } from '../model/language.ts';
import { isLanguage } from './language.ts';
import type { Reading } from './reading.ts';
import { returnToPlace } from './return-place.ts';
import { openShelf } from './shelf.ts';
import { dayAtKey, dayAtPoint } from './strip-keys.ts';

interface Answers {
  /** Draws the page anew. */
  readonly paint: () => void;
  readonly speak: (language: Language) => Promise<void>;
  /** How far down the page stood when this was asked for, in CSS pixels. */
  readonly stood: number;
}

/** Listens to what the reader's hand does on the page: groups, days of the uptime strips, the language, printing, her place. */
export function followHand(container: Element, reading: Reading, { paint, speak, stood }: Answers): void {
  container.addEventListener('click', (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const summary = target?.closest('summary');
    const group = summary?.parentElement;
    // Clicked, not toggled: a group that opens by itself is not the reader's choice.
    if (group instanceof HTMLDetailsElement && group.dataset['group'] !== undefined) {
      reading.open(`${group.dataset['group']} ${summary?.dataset['status']}`, !group.open);
    }
    const strip = target?.closest<HTMLElement>('[data-strip]');
    if (strip && event instanceof MouseEvent) pointAt(strip, dayAtPoint(strip, event.clientX));
    const language = target?.closest<HTMLElement>('[data-language]')?.dataset['language'];
    if (isLanguage(language)) {
      reading.choose(language);
      void speak(language);
    }
  });
  container.addEventListener('keydown', (event) => {
    const strip = event.target instanceof HTMLElement ? event.target : null;
    if (!(event instanceof KeyboardEvent) || strip?.dataset['strip'] === undefined) return;
    const index = dayAtKey(strip, event.key);
    if (index === null || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    pointAt(strip, index);
  });
  // Paper may be read on any day, and no age on it goes on.
  addEventListener('beforeprint', () => print(true));
  addEventListener('afterprint', () => print(false));
  openForPrint();
  returnToPlace(
    openShelf(() => sessionStorage),
    stood,
  );

  function print(printing: boolean): void {
    reading.print(printing);
    paint();
  }

  function pointAt(strip: HTMLElement, index: number): void {
    reading.pointAt({ component: strip.dataset['strip'] ?? '', index });
    paint();
  }
}

/** Paper shows what is folded away too; browsers that know `::details-content` do it by the style sheet. */
function openForPrint(): void {
  if (CSS.supports('selector(::details-content)')) return;
  let folded: readonly HTMLDetailsElement[] = [];
  addEventListener('beforeprint', () => {
    folded = [...document.querySelectorAll<HTMLDetailsElement>('details:not([open])')];
    for (const one of folded) one.open = true;
  });
  addEventListener('afterprint', () => {
    for (const one of folded) one.open = false;
  });
}
