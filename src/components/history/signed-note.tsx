import type { HistoryMessages } from '../../i18n/history-messages.ts';
import type { Messages } from '../../i18n/messages.ts';
import { API } from '../../model/api.ts';
import type { View } from '../../model/view.ts';
import { TimeText } from '../status/time-text.tsx';

interface Props {
  readonly view: View & { readonly type: 'incident' | 'maintenance' };
  readonly code: string;
  readonly messages: Messages;
  readonly words: HistoryMessages;
}

/** How to check the page, and how old the word is that vouches for it. */
export function SignedNote({ view, code, messages, words }: Props) {
  const { known, as_of } = view;
  return (
    <div class="signed quiet">
      {as_of >= known.generated_at ? (
        <p>{words.signedNote}</p>
      ) : (
        <p class="kept">
          {words.keptCopy} <TimeText time={as_of} reader={known.reader} messages={messages} />. {words.keptSince}
        </p>
      )}
      <p class="links">
        <a href="/verify/">{words.checkIt}</a> <a href={`/${API}/incidents/${code}.json`}>{words.ownFile}</a>
      </p>
    </div>
  );
}
