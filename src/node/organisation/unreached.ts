import type { Log } from '../../log/log.ts';

/**
 * What is to be said, once, of a program that goes on although none of its relays was reached; `meanwhile` says what it does then.
 * Null where one was reached.
 */
export function unreachedWord(log: Pick<Log, 'links'>, meanwhile: string): string | null {
  const links = log.links();
  if (links.some(({ state }) => state === 'open')) return null;
  const tried = links.map(({ relay }) => relay).join(', ');
  return `No relay could be reached (${tried}): ${meanwhile} until one answers.`;
}
