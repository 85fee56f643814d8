import { useStore } from '@nanostores/preact';
import { $draft } from '../../stores/draft.ts';
import { $messages } from '../../stores/language.ts';
import { Copy } from './copy.tsx';

/** What a removed device was about to say: nobody takes it any more, and no word of it is lost to its writer. */
export function Unsent() {
  const words = useStore($messages).room;
  const draft = useStore($draft);
  if (draft.trim() === '') return null;
  return (
    <section class="stack" aria-labelledby="unsent">
      <h3 id="unsent">{words.unsent}</h3>
      <p class="entry-text" dir="auto" data-unsent>
        {draft}
      </p>
      <div class="row">
        <Copy text={draft} />
      </div>
    </section>
  );
}
