import { useStore } from '@nanostores/preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { $messages } from '../../stores/language.ts';
import { $maySay, $room } from '../../stores/room.ts';
import { $isRemoved } from '../../stores/session.ts';
import { Composer } from './composer.tsx';
import { Entry } from './entry.tsx';
import { Unsent } from './unsent.tsx';

const PAGE = 200;
/** Nearer to the end than this counts as reading the newest, so that new entries scroll into view. */
const NEAR_PX = 120;

/** The sealed log of the room: chat and timeline in one, oldest first, the composer below it. */
export function Room() {
  const { room: words, people } = useStore($messages);
  const isRemoved = useStore($isRemoved);
  const room = useStore($room);
  const maySay = useStore($maySay);
  const [shown, setShown] = useState(PAGE);
  const scroller = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const count = room.type === 'open' ? room.entries.length : 0;
  useLayoutEffect(() => {
    if (atEnd.current) scroller.current?.scrollTo({ top: scroller.current.scrollHeight });
  }, [count]);
  if (room.type !== 'open') return <p class="card">{words.none}</p>;
  const onScroll = () => {
    const box = scroller.current;
    if (box !== null) atEnd.current = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_PX;
  };
  const older = Math.max(0, count - shown);
  return (
    <section class="room" aria-labelledby="room">
      <div class="room-head">
        <h2 id="room">{words.title}</h2>
        {!isRemoved && <p class="quiet">{words.sealed(room.sealedTo, room.readers)}</p>}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long log must be scrollable by keyboard */}
      <div class="entries" role="log" aria-label={words.log} tabIndex={0} ref={scroller} onScroll={onScroll}>
        {older > 0 && (
          <button type="button" onClick={() => setShown(shown + PAGE)}>
            {words.older(older)}
          </button>
        )}
        {count === 0 && <p class="quiet">{words.empty}</p>}
        <ol>
          {room.entries.slice(older).map((entry) => (
            <Entry key={entry.id} entry={entry} />
          ))}
        </ol>
      </div>
      {room.locked > 0 && <p class="problem">{words.locked(room.locked)}</p>}
      {maySay ? <Composer /> : <p class="quiet">{isRemoved ? people.removed.title : words.readOnly}</p>}
      {isRemoved && <Unsent />}
    </section>
  );
}
