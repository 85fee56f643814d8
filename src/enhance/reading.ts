import type { Language } from '../model/language.ts';
import type { ChosenDay, Reader } from '../model/view.ts';
import { keepLanguage } from './language.ts';
import type { Shelf } from './shelf.ts';

const KEY = 'lifeboat:groups';

/** What the reader did on this page, so that no redraw undoes it; what is opened or closed outlives a reload too. */
export interface Reading {
  /** For the view. */
  marks(): Pick<Reader, 'opened' | 'day'>;
  open(group: string, isOpen: boolean): void;
  pointAt(day: ChosenDay): void;
  /** Keeps the choice of a language. */
  choose(language: Language): void;
}

export function readReading(shelf: Shelf): Reading {
  let opened = readOpened(shelf);
  let day: ChosenDay | null = null;
  return {
    marks: () => ({ opened, day }),
    open: (group, isOpen) => {
      opened = { ...opened, [group]: isOpen };
      try {
        shelf.setItem(KEY, JSON.stringify(opened));
      } catch {
        // Full or forbidden: the choice lasts as long as the page.
      }
    },
    pointAt: (chosen) => {
      day = chosen;
    },
    choose: (language) => keepLanguage(shelf, language),
  };
}

function readOpened(shelf: Shelf): Readonly<Record<string, boolean>> {
  try {
    return (JSON.parse(shelf.getItem(KEY) ?? '{}') as Record<string, boolean> | null) ?? {};
  } catch {
    return {}; // Damaged: as if the reader had chosen nothing.
  }
}
