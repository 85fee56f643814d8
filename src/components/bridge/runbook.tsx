import { useStore } from '@nanostores/preact';
import { useLayoutEffect } from 'preact/hooks';
import { $now } from '../../stores/clock.ts';
import { $locale, $messages } from '../../stores/language.ts';
import { $opened, besideTitle } from '../../stores/runbooks.ts';
import { type Block, textOf } from '../../vault/document.ts';
import { Blocks } from './blocks.tsx';
import { agoText, dayText } from './when.tsx';

/** One runbook to follow: who keeps it, how old it is, what must be up for it, then its text. */
export function Runbook({ id }: { readonly id: string }) {
  const words = useStore($messages).runbooks;
  const runbook = useStore($opened).get(id);
  useLayoutEffect(() => scrollTo(0, 0), [id]);
  return (
    <article class="runbook" data-runbook={id}>
      <a class="back" href="#runbooks">
        ← {words.back}
      </a>
      {runbook === undefined ? (
        <p>{words.missing}</p>
      ) : (
        <>
          <h2>{runbook.title}</h2>
          <ul class="facts">
            <li>
              {runbook.last_verified === null ? (
                words.unverified
              ) : (
                <Day day={runbook.last_verified} say={words.verified} />
              )}
            </li>
            {runbook.changed_at !== null && (
              <li>
                <Day day={runbook.changed_at} say={words.changed} />
              </li>
            )}
            {runbook.owner !== null && <li>{words.owner(runbook.owner)}</li>}
          </ul>
          <Tags label={words.needs} tags={runbook.needs} />
          <Tags label={words.services} tags={runbook.services} />
          <Tags label={words.alerts} tags={besideTitle(runbook.alerts, runbook.title)} />
          <div class="document">
            <Blocks blocks={withoutTitle(runbook.blocks, runbook.title)} />
          </div>
        </>
      )}
    </article>
  );
}

function Day({ day, say }: { readonly day: string; readonly say: (date: string, ago: string) => string }) {
  const at = Date.parse(day);
  const now = useStore($now);
  const words = useStore($messages);
  const language = useStore($locale);
  return <time dateTime={day}>{say(dayText(at, language), agoText(now - at, words.time))}</time>;
}

function Tags({ label, tags }: { readonly label: string; readonly tags: readonly string[] }) {
  if (tags.length === 0) return null;
  return (
    <p class="tags">
      <span class="quiet">{label}</span>
      {tags.map((tag) => (
        <span key={tag}>{tag}</span>
      ))}
    </p>
  );
}

/** The title stands above already; a document that begins with it would say it twice. */
function withoutTitle(blocks: readonly Block[], title: string): readonly Block[] {
  const [first, ...rest] = blocks;
  return first?.type === 'heading' && first.level === 1 && textOf(first.children).trim() === title.trim()
    ? rest
    : blocks;
}
