import { atom, computed } from 'nanostores';
import type { CopyMessages } from '../i18n/copy-en.ts';
import type { Damage, StoreMode } from '../log/store/damage.ts';
import { clockTrouble } from '../model/device-clock.ts';
import { $clockOffset } from './device-clock.ts';
import { $messages } from './language.ts';
import { spanText } from './span.ts';

/** This device's copy of the log: where it is kept, and what is wrong with it. */
export interface CopyState {
  readonly mode: StoreMode;
  readonly damage: readonly Damage[];
}

/** One thing that is wrong with this device: a code for tests and styles, a sentence for people. */
export interface Problem {
  readonly code: string;
  readonly sentence: string;
}

export const $copy = atom<CopyState>({ mode: { type: 'durable' }, damage: [] });

/** What is written now outlives this window. */
export const $lasts = computed($copy, ({ mode }) => mode.type !== 'memory');

/** What is wrong with the copy and the clock, in the reader's language. */
export const $copyProblems = computed(
  [$copy, $clockOffset, $messages],
  (copy, offset, messages): readonly Problem[] => {
    const words = messages.copy;
    const trouble = clockTrouble(offset);
    const clock = trouble === null ? [] : [words.clock[trouble.type](spanText(toWholeUnit(trouble.by), messages.time))];
    return [
      ...modeProblems(copy.mode, words),
      ...copy.damage.map((damage) => ({ code: damage.type, sentence: damageSentence(damage, words) })),
      ...clock.map((sentence) => ({ code: 'clock', sentence })),
    ];
  },
);

function modeProblems(mode: StoreMode, words: CopyMessages): readonly Problem[] {
  if (mode.type === 'durable') return [];
  return [{ code: mode.type, sentence: words[mode.type](words.trouble[mode.reason]) }];
}

function damageSentence(damage: Damage, words: CopyMessages): string {
  switch (damage.type) {
    case 'short':
      return words.short(damage.held, damage.expected);
    case 'misfits':
      return words.misfits(damage.count);
    case 'mended':
      return words.mended(damage.count);
    case 'unsaved':
      return words.unsaved(damage.count, words.trouble[damage.trouble]);
  }
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** To the nearest minute, or from an hour on to the nearest hour: what is said is "about". */
function toWholeUnit(span: number): number {
  const minutes = Math.round(span / MINUTE) * MINUTE;
  return minutes < HOUR ? minutes : Math.round(span / HOUR) * HOUR;
}
