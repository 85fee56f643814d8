import type { Log } from '../../log/log.ts';
import { readSnapshot } from '../../model/read-snapshot.ts';
import { PlainError } from '../plain-error.ts';

/** So many ids are named; the page has the others. */
const NAMED = 30;

/**
 * Refuses ids that neither site.yaml (`own`, null where it is not at hand) nor a snapshot held here knows: an outage of nothing
 * would be announced. Where nothing is known, it says so and lets them pass. `ask` brings the newest from the relays.
 * @throws PlainError
 */
export async function checkComponents(
  log: Log,
  ids: readonly string[],
  own: readonly string[] | null,
  ask: () => Promise<void>,
): Promise<void> {
  const isUnknown = (known: readonly string[]) => ids.find((id) => !known.includes(id));
  if (isUnknown(own ?? []) === undefined) return;
  await ask();
  const states = log.events().flatMap((event) => readSnapshot(event, log.roster())?.state ?? []);
  const known = [...new Set([own ?? [], states.flatMap(({ components }) => components.map(({ id }) => id))].flat())];
  const unknown = isUnknown(known);
  if (unknown === undefined) return;
  const isWhole = own !== null || (states.length > 0 && states.every(({ left_out = null }) => left_out === null));
  if (isWhole)
    throw new PlainError(`There is no component "${unknown}"${instead(unknown, known)}. Nothing was posted.`);
  process.stderr.write(`Whether the page has a component "${unknown}" could not be checked: no site.yaml is here.\n`);
}

/** Ids that begin as the unknown one does come first. */
function instead(unknown: string, known: readonly string[]): string {
  if (known.length === 0) return ': the page has none';
  const named = known.toSorted((a, b) => alike(b, unknown) - alike(a, unknown)).slice(0, NAMED);
  const more = known.length > NAMED ? ` and ${known.length - NAMED} more` : '';
  return `; the page has ${named.join(', ')}${more}`;
}

/** With how many letters both begin. */
function alike(a: string, b: string): number {
  const differs = [...a].findIndex((letter, at) => letter !== b[at]);
  return differs < 0 ? a.length : differs;
}
