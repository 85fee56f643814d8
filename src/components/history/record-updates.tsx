import type { HistoryMessages } from '../../i18n/history-messages.ts';
import type { Messages } from '../../i18n/messages.ts';
import type { PublicRecord } from '../../model/public-record.ts';
import type { PublicComponent } from '../../model/snapshot.ts';
import type { Known } from '../../model/view.ts';
import { UpdateList } from '../status/update-list.tsx';

interface Props {
  readonly record: PublicRecord;
  readonly components: readonly PublicComponent[];
  readonly known: Known;
  readonly messages: Messages;
  readonly words: HistoryMessages;
}

/** Everything that was said: the postmortem first, for it is what a reader of a past incident comes for. */
export function RecordUpdates({ record, words, messages, ...rest }: Props) {
  const { code, updates, retracted } = record;
  const isPostmortem = (one: { readonly status: string; readonly retracted?: unknown }) =>
    one.status === 'postmortem' && one.retracted === undefined;
  const postmortem = updates.filter(isPostmortem);
  const others = updates.filter((one) => !isPostmortem(one));
  const list = { code, messages, ...rest };
  return (
    <div class="told">
      {postmortem.length === 0 ? null : (
        <section class="postmortem">
          <h2>{words.postmortem}</h2>
          <UpdateList updates={postmortem} {...list} />
        </section>
      )}
      {others.length === 0 ? null : (
        <section>
          <h2>{retracted === undefined ? words.updates : words.whatWasSaid}</h2>
          <UpdateList updates={others} {...list} />
        </section>
      )}
    </div>
  );
}
