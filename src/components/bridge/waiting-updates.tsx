import { useStore } from '@nanostores/preact';
import { $waitingUpdates } from '../../stores/approvals.ts';
import { $messages } from '../../stores/language.ts';
import { Opinion } from './opinion.tsx';

/** Public updates that nobody outside sees before a second person has said yes; `but`: one that stands elsewhere already. */
export function WaitingUpdates({ but }: { readonly but?: string | undefined }) {
  const words = useStore($messages).people.approvals;
  const updates = useStore($waitingUpdates).filter(({ id }) => id !== but);
  if (updates.length === 0) return null;
  return (
    <section class="card" aria-labelledby="waiting-updates">
      <h2 id="waiting-updates">{words.list}</h2>
      {updates.map(({ id, name, status, text, opinion }) => (
        <article key={id} class="preview" data-update={id} data-status={status}>
          <h3 dir="auto">{name}</h3>
          <p class="entry-text" dir="auto">
            {text}
          </p>
          <Opinion id={id} name={name} opinion={opinion} />
        </article>
      ))}
    </section>
  );
}
