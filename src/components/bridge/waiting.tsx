import { useStore } from '@nanostores/preact';
import { requestText } from '../../stores/carry.ts';
import { $lasts } from '../../stores/copy.ts';
import { $messages } from '../../stores/language.ts';
import { $session, startAfresh } from '../../stores/session.ts';
import { CopyMade } from './copy-made.tsx';
import { TakeIn } from './take-in.tsx';

/** Between asking and being let in: the words to compare, and how far the request has come. */
export function Waiting() {
  const { waiting: words, people, copy } = useStore($messages);
  const lasts = useStore($lasts);
  const { carry } = people;
  const session = useStore($session);
  if (session.type !== 'waiting') return null;
  const { have, all } = session.receipts;
  return (
    <section class="card" aria-labelledby="waiting">
      <h2 id="waiting">{words.title}</h2>
      <p>{words.compare}</p>
      <ol class="compare-words">
        {session.words.map((word) => (
          <li key={word}>{word}</li>
        ))}
      </ol>
      <p role="status">{have === 0 ? words.notSent : words.sent(have, all)}</p>
      <p class="quiet">{lasts ? words.saved : copy.window}</p>
      <p class="quiet">{carry.requestHint}</p>
      <CopyMade label={carry.request} make={requestText} />
      <TakeIn />
      <p class="quiet">{words.expires}</p>
      <button type="button" onClick={startAfresh}>
        {words.again}
      </button>
    </section>
  );
}
