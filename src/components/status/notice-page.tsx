import type { Messages } from '../../i18n/messages.ts';
import type { View } from '../../model/view.ts';
import { StatusIcon } from '../ui/status-icon.tsx';
import { Frame } from './frame.tsx';
import type { Paint } from './main.tsx';
import { noticeWords } from './notice-words.ts';

type Notice = View & { readonly type: 'opening' | 'offline' | 'missing' };

/** Pages without a state. The shell's words also stand when its script fails: they claim nothing and lead to the plain page. */
export const paintNotice: Paint = (view, messages) =>
  view.type === 'opening' || view.type === 'offline' || view.type === 'missing' ? (
    <NoticePage view={view} messages={messages} />
  ) : null;

function NoticePage({ view, messages }: { readonly view: Notice; readonly messages: Messages }) {
  const words = noticeWords(messages.language);
  if (view.type === 'opening') {
    return (
      <Frame page={view.page} messages={messages} current={null}>
        <section class={`headline ${view.reason}`} role="status" data-status="unknown" data-freshness="expired">
          <StatusIcon status="unknown" />
          <div>
            <h1 class="answer">{messages.opening}</h1>
            <p class="detail">{words.detail[view.reason]}</p>
          </div>
        </section>
        <p>
          <a class="button" href="?fresh">
            {words.openPlain}
          </a>
        </p>
      </Frame>
    );
  }
  return (
    <Frame page={view.page} messages={messages} current={null}>
      <h1>{messages[view.type]}</h1>
      <p>{view.type === 'offline' ? words.offlineDetail : words.missingDetail}</p>
      <p>
        <a class="button" href="/">
          {words.backToStatus}
        </a>
      </p>
    </Frame>
  );
}
