import type { Messages } from '../../i18n/messages.ts';
import type { PublicIncident, PublicUpdate } from '../../model/snapshot.ts';
import type { Reader } from '../../model/view.ts';
import { TimeText } from './time-text.tsx';

interface Props {
  readonly incident: PublicIncident;
  readonly updates: readonly PublicUpdate[];
  readonly reader: Reader;
  readonly messages: Messages;
}

/** Updates in full, newest first. */
export function UpdateList({ incident, updates, reader, messages }: Props) {
  return (
    <div class="updates">
      {updates.map((update) => (
        <article key={update.id} data-incident={incident.code} data-status={update.status}>
          <p class="stamp">
            <b class="word">{messages.incident[update.status]}</b>{' '}
            <span class="quiet">
              <TimeText time={update.at} reader={reader} messages={messages} />
            </span>
          </p>
          {/* Always there: Preact takes `lang` away as lang="", which would say that the language is unknown. */}
          <p class="text" lang={update.lang ?? messages.locale}>
            {update.text}
          </p>
        </article>
      ))}
    </div>
  );
}
