import { useStore } from '@nanostores/preact';
import { $messages } from '../../stores/language.ts';
import { $relays } from '../../stores/link.ts';
import { $room } from '../../stores/room.ts';

/** Each relay that this device knows, how it stands, and how many of the devices the room is sealed to. */
export function Relays() {
  const messages = useStore($messages);
  const words = messages.people;
  const relays = useStore($relays);
  const room = useStore($room);
  return (
    <section class="card" aria-labelledby="relays">
      <h2 id="relays">{words.relays}</h2>
      {room.type === 'open' && <p class="quiet">{words.sealed(room.sealedTo, room.readers)}</p>}
      {relays.length === 0 && <p class="quiet">{messages.link.none}</p>}
      <ul class="rows">
        {relays.map(({ relay, state, synced, refused }) => (
          <li key={relay} data-relay={state}>
            <span class="row-name">{relay}</span>
            <span class="row-facts">
              {words.relay[state]}
              {synced && state === 'open' && ` · ${words.inStep}`}
              {refused > 0 && ` · ${words.refusedThere(refused)}`}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
