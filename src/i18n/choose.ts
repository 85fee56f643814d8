import { en } from './en.ts';
import { es } from './es.ts';
import type { Messages } from './messages.ts';
import { ptBr } from './pt-BR.ts';

/** Messages for a BCP 47 language: by its first part, English where there is none. */
export function messagesFor(language: string): Messages {
  const first = language.toLowerCase().split('-')[0];
  if (first === 'pt') return ptBr;
  return first === 'es' ? es : en;
}
