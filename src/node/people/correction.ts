import type { Log } from '../../log/log.ts';
import { corrected, statementOf } from '../../model/correction.ts';
import { publicEvents } from '../../model/public-event.ts';
import { isMaintenance } from '../../model/public-record.ts';
import { PlainError } from '../plain-error.ts';
import { checkStatement, type GivenWords, wordsOf } from './post-words.ts';
import type { Posted } from './posted.ts';
import { updateById } from './said-by-id.ts';

/** Puts other words in the place of an update's; translations of the old words go, unless they are given anew. @throws PlainError */
export async function correct(log: Log, wanted: string, given: GivenWords): Promise<Posted> {
  const { id, record } = updateById(log, wanted);
  const event = publicEvents(log.events(), log.roster()).get(id);
  const before = event && statementOf(event);
  if (before === undefined)
    throw new PlainError(`The update ${wanted} has a form that this version cannot correct.`, 1);
  const lang = given.lang ?? before.body.lang ?? undefined;
  const words = wordsOf({ ...given, lang }, undefined);
  // Their names still fit: only the text is corrected.
  const names = new Map(before.body.translations?.map((one) => [one.lang, one.name]));
  const translations = words.translations.map((one) => ({ ...one, name: names.get(one.lang) ?? null }));
  const { type, body } = corrected(before, id, { ...words, translations });
  checkStatement(body);
  const { id: event_id } = await log.writePublic(type, body);
  const lost = [...names.keys()].filter((one) => !translations.some((other) => other.lang === one));
  const without =
    lost.length === 0 ? '' : ` (its translation into ${lost.join(', ')} is gone: give it with --translation)`;
  return {
    event: event_id,
    sought: { type: 'update', code: record.code, id: event_id },
    kind: isMaintenance(record) ? 'maintenance' : 'incident',
    words: `Correction of ${id.slice(0, 8)} in ${record.code}${without}`,
  };
}
