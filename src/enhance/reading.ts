import type { Language } from '../model/language.ts';
import type { ChosenDay, Reader } from '../model/view.ts';
import { keepLanguage } from './language.ts';
import type { Shelf } from './shelf.ts';

const KEY = 'lifeboat:groups';

/** What the reader did on this page, so that no redraw undoes it; what is opened or closed outlives a reload too. */
export interface Reading {
  /** For the view. */
  marks(): Pick<Reader, 'opened' | 'day' | 'printing'>;
  /** `group`: id and status, so that trouble which grows opens what was closed. */
  open(group: string, isOpen: boolean): void;
  pointAt(day: ChosenDay): void;
  /** Whether the page is on its way to paper. */
  print(printing: boolean): void;
  /** Keeps the choice of a language. */
  choose(language: Language): void;
}

/** `lasting` keeps the language; `visit`, which ends with the tab, what is opened: next month's trouble opens by itself. */
export function readReading(lasting: Shelf, visit: Shelf): Reading {
  let opened = readOpened(visit);
  let day: ChosenDay | null = null;
  let printing = false;
  return {
    marks: () => ({ opened, day, printing }),
    open: (group, isOpen) => {
      opened = { ...opened, [group]: isOpen };
      try {
        visit.setItem(KEY, JSON.stringify(opened));
      } catch {
        // Full or forbidden: the choice lasts as long as the page.
      }
    },
    pointAt: (chosen) => {
      day = chosen;
    },
    print: (now) => {
      printing = now;
    },
    choose: (language) => keepLanguage(lasting, language),
  };
}

function readOpened(visit: Shelf): Readonly<Record<string, boolean>> {
  try {
    return (JSON.parse(visit.getItem(KEY) ?? '{}') as Record<string, boolean> | null) ?? {};
  } catch {
    return {}; // Damaged: as if the reader had chosen nothing.
  }
}
