export type Strength = 'empty' | 'short' | 'weak' | 'fair' | 'strong';

/** Shorter ones are refused: an offline thief tries them all. */
const LEAST = 12;

/** A plain word on a passphrase, by length and variety; no dictionary, so it is a hint and not a proof. */
export function strengthOf(passphrase: string): Strength {
  const text = passphrase.trim();
  if (text === '') return 'empty';
  if (text.length < LEAST) return 'short';
  const words = new Set(text.toLowerCase().split(/[\s\-_.,]+/)).size;
  const different = new Set(text).size;
  if (different < 6) return 'weak';
  if (words >= 5 || (text.length >= 20 && different >= 10)) return 'strong';
  return words >= 4 || text.length >= 16 ? 'fair' : 'weak';
}
