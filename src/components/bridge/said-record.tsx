import { useStore } from '@nanostores/preact';
import type { PublicRecord, RecordUpdate } from '../../model/public-record.ts';
import { correct } from '../../stores/correcting.ts';
import { $messages } from '../../stores/language.ts';
import { anotherPost } from '../../stores/post.ts';
import { keepIt, takeBack } from '../../stores/retracting.ts';
import { focusOn } from './focus-on.ts';
import { When } from './when.tsx';

/** How much of a text names it to somebody who hears the page. */
const LABEL_LENGTH = 60;

/** One incident or maintenance with its updates, newest first; folded, since it is rarely needed. */
export function SaidRecord({ record }: { readonly record: PublicRecord }) {
  const messages = useStore($messages);
  const words = messages.post.said;
  const statuses = { ...messages.incident, ...messages.maintenance };
  const updates: readonly RecordUpdate[] = record.updates;
  const retract = (update: RecordUpdate | null) => {
    anotherPost();
    correct(null);
    takeBack(record, update);
    focusOn('main');
  };
  return (
    <details class="said" data-said={record.code}>
      <summary>
        <span dir="auto">{record.name}</span> <span class="quiet">{statuses[record.status]}</span>
      </summary>
      <ol class="said-updates">
        {updates.map((update) => (
          <li key={update.id} data-said-update={update.id}>
            <p class="quiet">
              {statuses[update.status]} · <When at={Date.parse(update.at)} />
              {update.corrected !== undefined && ` · ${words.corrected}`}
            </p>
            <p class="entry-text" dir="auto" lang={update.lang ?? undefined}>
              {update.retracted === undefined ? update.text : <s>{update.text}</s>}
            </p>
            {update.retracted === undefined ? (
              <div class="row">
                <button
                  type="button"
                  aria-label={`${words.correct}: ${words.about(record.name, shortened(update.text))}`}
                  onClick={() => startCorrection(update.id)}
                >
                  {words.correct}
                </button>
                <button
                  type="button"
                  aria-label={`${words.takeBack}: ${words.about(record.name, shortened(update.text))}`}
                  onClick={() => retract(update)}
                >
                  {words.takeBack}
                </button>
              </div>
            ) : (
              <p class="quiet">{words.takenBack(update.retracted.reason)}</p>
            )}
          </li>
        ))}
      </ol>
      <button type="button" aria-label={`${words.takeBackAll}: ${record.name}`} onClick={() => retract(null)}>
        {words.takeBackAll}
      </button>
    </details>
  );
}

function startCorrection(id: string): void {
  anotherPost();
  keepIt();
  correct(id);
  focusOn('main');
}

function shortened(text: string): string {
  return text.length > LABEL_LENGTH ? `${text.slice(0, LABEL_LENGTH).toWellFormed()}…` : text;
}
