import type { HistoryMessages } from '../../i18n/history-messages.ts';
import type { Messages } from '../../i18n/messages.ts';
import type { Known } from '../../model/view.ts';
import { Headline } from '../status/headline.tsx';
import { StatusIcon } from '../ui/status-icon.tsx';

interface Props {
  readonly known: Known;
  readonly messages: Messages;
  readonly words: HistoryMessages;
}

/**
 * What is true now, on a page about what was. Plain HTML of such a page is written once and says nothing of the present: it
 * leads to the page that does, in the same place, so that nothing moves when the answer comes.
 */
export function Present({ known, messages, words }: Props) {
  if (known.reader.ticking) return <Headline known={known} messages={messages} small />;
  return (
    <section class="headline small" data-status="unknown">
      <StatusIcon status="unknown" />
      <div>
        <p class="answer">
          <a href="/">{words.presentElsewhere}</a>
        </p>
      </div>
    </section>
  );
}
