import type { Messages } from '../../i18n/messages.ts';
import { absoluteTime } from '../../i18n/time.ts';
import { nameIn } from '../../i18n/translated.ts';
import { componentName } from '../../model/component-name.ts';
import type { PublicComponent, PublicUpdate } from '../../model/snapshot.ts';
import type { Known } from '../../model/view.ts';
import { doubtWords } from './doubt-words.ts';

/** An incident or a maintenance, as far as its name goes. */
export interface Named {
  readonly code: string;
  readonly name: string;
  readonly updates: readonly PublicUpdate<string>[];
}

export interface DoubtsProps {
  readonly known: Known;
  readonly messages: Messages;
  /** For the names of what publishers contradict each other about. */
  readonly components?: readonly PublicComponent[];
  readonly incidents?: readonly Named[];
  readonly recent?: readonly Named[];
  readonly maintenances?: readonly Named[];
}

/**
 * Why no newer copy is shown, whether publishers and clocks agree, and what did not fit into this copy; nothing where all is
 * well.
 */
export function Doubts({ known, messages, components = [], ...told }: DoubtsProps) {
  const { incidents = [], recent = [], maintenances = [] } = told;
  const { trouble, skew, disagreement = null, update = null, timeZone, now } = known.reader;
  const { left_out } = known;
  const words = doubtWords(messages.language);
  if (trouble === null && skew === null && left_out === null && disagreement === null && update === null) return null;
  const nameOf = (id: string) => componentName(components, id);
  const titleOf = (code: string) => {
    const record = [...incidents, ...recent, ...maintenances].find((one) => one.code === code);
    return record === undefined ? code : nameIn(messages.language, record, known.page.language).text;
  };
  return (
    <div class="doubts">
      {trouble === null ? null : <p data-trouble={trouble}>{words.trouble[trouble]}</p>}
      {disagreement === null ? null : (
        <p data-disagreement>
          {words.disagreement(
            disagreement.host,
            absoluteTime(disagreement.generated_at, messages, timeZone, now),
            [...disagreement.components.map(nameOf), ...disagreement.incidents.map(titleOf)].join(', '),
          )}
        </p>
      )}
      {skew === null ? null : <p>{words.skew(Math.round(Math.abs(skew) / 60_000))}</p>}
      {left_out === null ? null : <p data-left-out>{words.leftOut(left_out.components, left_out.incidents)}</p>}
      {update === null ? null : <p data-update-failed={update}>{words.updateFailed[update]}</p>}
    </div>
  );
}
