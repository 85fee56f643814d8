import type { Messages } from '../../i18n/messages.ts';
import type { Known } from '../../model/view.ts';

/** Why no newer copy is shown, whether the clocks agree, and what did not fit into this copy; nothing where all is well. */
export function Doubts({ known, messages }: { readonly known: Known; readonly messages: Messages }) {
  const { trouble, skew } = known.reader;
  const { left_out } = known;
  if (trouble === null && skew === null && left_out === null) return null;
  return (
    <div class="doubts">
      {trouble === null ? null : <p data-trouble={trouble}>{messages.trouble[trouble]}</p>}
      {skew === null ? null : <p>{messages.skew(Math.round(Math.abs(skew) / 60_000))}</p>}
      {left_out === null ? null : <p>{messages.leftOut(left_out.components, left_out.incidents)}</p>}
    </div>
  );
}
