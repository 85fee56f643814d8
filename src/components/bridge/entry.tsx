import { useStore } from '@nanostores/preact';
import { useMemo } from 'preact/hooks';
import { $lasts } from '../../stores/copy.ts';
import { $messages } from '../../stores/language.ts';
import type { RoomEntry } from '../../stores/room.ts';
import { isolated } from './isolated.ts';
import { PublicWords } from './public-words.tsx';
import { Refusals } from './refusals.tsx';
import { When } from './when.tsx';

interface Properties {
  readonly entry: RoomEntry;
}

/** One entry of the room: who, when, what, and for own ones which copies exist. Drawn anew only when something about it is new. */
export function Entry({ entry }: Properties) {
  return useMemo(() => <DrawnEntry entry={entry} />, [entry]);
}

function DrawnEntry({ entry }: Properties) {
  const messages = useStore($messages);
  const words = messages.room;
  const here = useStore($lasts) ? words.device : messages.copy.window;
  const { receipts } = entry;
  const own = receipts === null ? {} : { 'data-receipts': `${receipts.have}/${receipts.all}` };
  return (
    <li class={entry.mine ? 'entry mine' : 'entry'} data-event={entry.id} {...own}>
      <p class="entry-head">
        <strong>
          <bdi>{entry.author ?? words.unknownAuthor}</bdi>
        </strong>
        {entry.mine && <span class="quiet"> ({words.you})</span>} <When at={entry.at} />
      </p>
      <Said entry={entry} />
      {entry.doubt !== null && <p class="problem">{words[entry.doubt]}</p>}
      {receipts !== null && (
        <p class="receipt">{receipts.have === 0 ? here : words.relays(receipts.have, receipts.all)}</p>
      )}
      <Refusals refusals={entry.refusals} />
    </li>
  );
}

function Said({ entry }: Properties) {
  const messages = useStore($messages);
  const { says } = entry;
  if (says.type === 'note') {
    return (
      <p class="entry-text" dir="auto">
        {says.text}
      </p>
    );
  }
  if (says.type === 'alert') {
    return (
      <div class="posted" data-status={says.status}>
        <p>{messages.room.alert(messages.status[says.status], isolated(says.name))}</p>
        <p class="quiet" dir="auto">
          {says.text}
        </p>
      </div>
    );
  }
  if (says.type === 'newer') return <p class="quiet">{messages.room.newer}</p>;
  return <PublicWords says={says} id={entry.id} opinion={entry.opinion} />;
}
