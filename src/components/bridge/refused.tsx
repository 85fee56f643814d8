import { useStore } from '@nanostores/preact';
import { $messages } from '../../stores/language.ts';
import { startAfresh } from '../../stores/session.ts';

/** For a device that an admin did not let in: it has nothing to read here, and may ask again. */
export function Refused() {
  const { people, unlock } = useStore($messages);
  return (
    <section class="card" aria-labelledby="refused" data-refused-request>
      <h2 id="refused">{people.notLetIn.title}</h2>
      <p>{people.notLetIn.what}</p>
      <button type="button" onClick={startAfresh}>
        {unlock.fresh}
      </button>
    </section>
  );
}
