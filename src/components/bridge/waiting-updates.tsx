import { useStore } from '@nanostores/preact';
import { statementOf } from '../../model/correction.ts';
import type { PublicEvent } from '../../model/public-event.ts';
import { $publicEvents, $waitingUpdates, type WaitingUpdate } from '../../stores/approvals.ts';
import { $messages } from '../../stores/language.ts';
import { $names } from '../../stores/room.ts';
import { isolated } from './isolated.ts';
import { Opinion } from './opinion.tsx';
import { UpdatePreview } from './update-preview.tsx';

/** Public updates that nobody outside sees before a second person has said yes; `but`: one that stands elsewhere already. */
export function WaitingUpdates({ but }: { readonly but?: string | undefined }) {
  const { people, room } = useStore($messages);
  const words = people.approvals;
  const names = useStore($names);
  const events = useStore($publicEvents);
  const updates = useStore($waitingUpdates).filter(({ id }) => id !== but);
  if (updates.length === 0) return null;
  return (
    <section class="card" aria-labelledby="waiting-updates">
      <h2 id="waiting-updates">{words.list}</h2>
      {updates.map((update) => (
        <UpdatePreview
          key={update.id}
          id={update.id}
          statement={update.statement}
          earlier={earlierText(update, events)}
        >
          <p class="quiet">{words.by(isolated(names.get(update.member ?? '') ?? room.unknownAuthor))}</p>
          <Opinion id={update.id} name={update.statement.body.name} opinion={update.opinion} />
        </UpdatePreview>
      ))}
    </section>
  );
}

/** The text that a waiting correction would take the place of. */
function earlierText({ statement }: WaitingUpdate, events: ReadonlyMap<string, PublicEvent>): string | null {
  const event = events.get(statement.body.corrects ?? '');
  return (event && statementOf(event)?.body.text) ?? null;
}
