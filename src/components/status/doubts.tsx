import type { Messages } from '../../i18n/messages.ts';
import type { Reader } from '../../model/view.ts';

/** Why no newer copy is shown, and whether the clocks agree; nothing where all is well. */
export function Doubts({ reader, messages }: { readonly reader: Reader; readonly messages: Messages }) {
  const { trouble, skew } = reader;
  if (trouble === null && skew === null) return null;
  return (
    <div class="doubts">
      {trouble === null ? null : <p data-trouble={trouble}>{messages.trouble[trouble]}</p>}
      {skew === null ? null : <p>{messages.skew(Math.round(Math.abs(skew) / 60_000))}</p>}
    </div>
  );
}
