import type { Messages } from '../../i18n/messages.ts';
import type { View } from '../../model/view.ts';
import { StatusIcon } from '../ui/status-icon.tsx';
import { Frame } from './frame.tsx';

interface Props {
  readonly view: View & { readonly type: 'opening' | 'offline' | 'missing' };
  readonly messages: Messages;
}

/** Pages without a state. The shell's words also stand when its script fails: they claim nothing and lead to the plain page. */
export function NoticePage({ view, messages }: Props) {
  if (view.type === 'opening') {
    return (
      <Frame page={view.page} messages={messages} current={null}>
        <section class="headline" role="status" data-status="unknown" data-freshness="expired">
          <StatusIcon status="unknown" />
          <div>
            <h1 class="answer">{messages.opening}</h1>
            <p class="detail">{view.reason === 'opening' ? messages.openingDetail : messages.nothingHeld}</p>
          </div>
        </section>
        <p>
          <a class="button" href="?fresh">
            {messages.openPlain}
          </a>
        </p>
      </Frame>
    );
  }
  return (
    <Frame page={view.page} messages={messages} current={null}>
      <h1>{messages[view.type]}</h1>
      <p>{view.type === 'offline' ? messages.offlineDetail : messages.missingDetail}</p>
      <p>
        <a class="button" href="/">
          {messages.backToStatus}
        </a>
      </p>
    </Frame>
  );
}
