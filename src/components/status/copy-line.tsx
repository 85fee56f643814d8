import type { Messages } from '../../i18n/messages.ts';
import { absoluteTime } from '../../i18n/time.ts';
import type { Known } from '../../model/view.ts';
import { TimeText } from './time-text.tsx';

/** Which copy is being read, and who vouches for it. */
export function CopyLine({ known, messages }: { readonly known: Known; readonly messages: Messages }) {
  const { reader, generated_at, valid_until } = known;
  const { source, host, verified } = reader.copy;
  return (
    <section class="copy quiet">
      <p data-source={source} data-verified={String(verified)}>
        {messages.source[source](host ?? '')} {messages.signedAt}{' '}
        <TimeText time={generated_at} reader={reader} messages={messages} />.{' '}
        {verified ? messages.verified : messages.notYetVerified}
      </p>
      {reader.ticking ? null : <p>{messages.plain(absoluteTime(valid_until, messages, reader.timeZone))}</p>}
    </section>
  );
}
