import type { Log } from '../../log/log.ts';
import { foldIncidents } from '../../model/incidents.ts';
import type { PublicRecord } from '../../model/public-record.ts';
import { PlainError } from '../plain-error.ts';

/** Something that stands on the public page. */
export interface SaidUpdate {
  readonly record: PublicRecord;
  /** Id of the event whose words are shown now. */
  readonly id: string;
  readonly text: string;
}

/** Everything that people said and nobody took back whole. */
export function records(log: Log): readonly PublicRecord[] {
  const { incidents, maintenances } = foldIncidents(log.events(), log.roster());
  return [...incidents, ...maintenances];
}

/** The update with this event id, also by that of a text which it replaced; it may be cut to 8 digits. @throws PlainError */
export function updateById(log: Log, wanted: string): SaidUpdate {
  const fits = (id: string) => id === wanted || (wanted.length >= 8 && id.startsWith(wanted));
  const found = records(log).flatMap((record) =>
    record.updates.flatMap(({ id, text, corrected = [], retracted }) =>
      [id, ...corrected.map((earlier) => earlier.id)].some(fits) ? [{ record, id, text, retracted }] : [],
    ),
  );
  const [update] = found;
  if (update === undefined || found.length > 1)
    throw new PlainError(
      `This device knows ${found.length === 0 ? 'no' : 'more than one'} public update ${wanted}; "lifeboat export --markdown" lists them with their ids.`,
      1,
    );
  if (update.retracted !== undefined) throw new PlainError(`The update ${wanted} was taken back already.`, 1);
  return update;
}
