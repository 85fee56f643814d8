import type { Log } from '../../log/log.ts';
import { isBlank } from '../../model/authoring.ts';
import { cleanText } from '../../model/clean.ts';
import { placeholdersIn } from '../../model/placeholders.ts';
import type { IncidentRetractBody } from '../../model/public-event.ts';
import { isMaintenance } from '../../model/public-record.ts';
import { PlainError } from '../plain-error.ts';
import type { Posted } from './posted.ts';
import { records, updateById } from './said-by-id.ts';

/** Takes back an update (by its event id), or a whole incident or maintenance (by its code). @throws PlainError */
export async function retract(log: Log, wanted: string, given: string | undefined): Promise<Posted> {
  const reason = cleanText(given ?? '').trim();
  if (isBlank(reason)) throw new PlainError('--reason is missing; the public reads why this was taken back.');
  const [left] = placeholdersIn(reason);
  if (left !== undefined) throw new PlainError(`This is still to be filled in: ${left}. Nothing was posted.`);
  const whole = records(log).find(({ code }) => code === wanted);
  const update = whole === undefined ? updateById(log, wanted) : undefined;
  const record = whole ?? update?.record;
  if (record === undefined) throw new PlainError(`This device knows nothing public named ${wanted}.`, 1);
  const body: IncidentRetractBody = { incident: record.code, update: update?.id ?? null, reason };
  const { id } = await log.writePublic('incident.retract', body);
  return {
    event: id,
    sought: { type: 'retraction', code: record.code, update: body.update },
    kind: isMaintenance(record) ? 'maintenance' : 'incident',
    words:
      body.update === null
        ? `Taken back: all of ${record.code}`
        : `Taken back: ${body.update.slice(0, 8)} of ${record.code}`,
  };
}
