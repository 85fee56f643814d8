import type { Messages } from '../../i18n/messages.ts';
import type { Known } from '../../model/view.ts';
import { TimeText } from './time-text.tsx';

/** Checked, changed, received: three different times, never mixed up. */
export function KnownTimes({ known, messages }: { readonly known: Known; readonly messages: Messages }) {
  const { reader } = known;
  const times = [
    [messages.checked, known.checked_at],
    [messages.changed, known.changed_at],
    [messages.received, reader.copy.received_at],
  ] as const;
  return (
    <dl class="times">
      {times.map(([label, time]) =>
        time === null ? null : (
          <div key={label}>
            <dt>{label}</dt>
            <dd>
              <TimeText time={time} reader={reader} messages={messages} />
            </dd>
          </div>
        ),
      )}
    </dl>
  );
}
