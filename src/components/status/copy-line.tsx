import type { ComponentChildren } from 'preact';
import type { Messages } from '../../i18n/messages.ts';
import type { Known } from '../../model/view.ts';
import { TimeText } from './time-text.tsx';

interface Props {
  readonly known: Known;
  readonly messages: Messages;
  readonly children?: ComponentChildren;
}

/** Which copy is being read, and who vouches for it; below it what else is to be said of it. */
export function CopyLine({ known, messages, children }: Props) {
  const { reader, generated_at } = known;
  const { source, host, verified } = reader.copy;
  return (
    <section class="copy quiet">
      <p data-source={source} data-verified={String(verified)}>
        {messages.source[source](host ?? '')} {messages.signedAt}{' '}
        <TimeText time={generated_at} reader={reader} messages={messages} />.{' '}
        {verified ? messages.verified : messages.notYetVerified}
      </p>
      {children}
    </section>
  );
}
