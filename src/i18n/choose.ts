import type { Language } from '../model/language.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { firstSpoken } from './languages.ts';
import type { Messages } from './messages.ts';
import { ptBr } from './pt-BR.ts';

const SETS: Readonly<Record<Language, Messages>> = { en, 'pt-BR': ptBr, es };

/** Messages for a BCP 47 language: by its first part, English where there is none. For Node; the browser loads one set. */
export function messagesFor(language: string): Messages {
  return SETS[firstSpoken([language]) ?? 'en'];
}
