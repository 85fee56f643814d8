import { useStore } from '@nanostores/preact';
import { useState } from 'preact/hooks';
import { $messages } from '../../stores/language.ts';
import { $route, runbookAddress } from '../../stores/route.ts';
import { $found, $query, type RunbookCard } from '../../stores/runbooks.ts';
import { $vault } from '../../stores/vault-state.ts';
import { Runbook } from './runbook.tsx';

const PAGE = 60;

/** The runbooks on this device: a search that forgives typing errors, and the list, a page at a time. */
export function Runbooks() {
  const id = useStore($route).runbook;
  return id === null ? <RunbookList /> : <Runbook id={id} />;
}

function RunbookList() {
  const words = useStore($messages).runbooks;
  const found = useStore($found);
  const query = useStore($query);
  const [shown, setShown] = useState(PAGE);
  const search = (text: string) => {
    $query.set(text);
    setShown(PAGE);
  };
  return (
    <section class="runbooks" aria-labelledby="runbooks">
      <h2 id="runbooks">{words.title}</h2>
      <search>
        <label for="search" class="hidden">
          {words.search}
        </label>
        <input
          id="search"
          type="search"
          autocomplete="off"
          placeholder={words.search}
          value={query}
          onInput={(event) => search(event.currentTarget.value)}
        />
      </search>
      <Progress />
      {query.trim() !== '' && (
        <p role="status" class="quiet">
          {found.length === 0 ? words.noMatch(query.trim()) : words.found(found.length)}
        </p>
      )}
      <ul class="runbook-list">
        {found.slice(0, shown).map((card) => (
          <Card key={card.id} card={card} />
        ))}
      </ul>
      {found.length > shown && (
        <button type="button" onClick={() => setShown(shown + PAGE)}>
          {words.more(Math.min(PAGE, found.length - shown))}
        </button>
      )}
    </section>
  );
}

function Card({ card }: { readonly card: RunbookCard }) {
  return (
    <li>
      <a href={runbookAddress(card.id)} data-runbook={card.id}>
        <strong>{card.title}</strong>
        <span class="quiet">
          {[...card.services, ...card.alerts, ...(card.place === null ? [] : [card.place])].join(' · ')}
        </span>
      </a>
    </li>
  );
}

function Progress() {
  const words = useStore($messages).runbooks;
  const { listed, held, all, doing, damaged } = useStore($vault);
  if (!listed) return <p class="quiet">{words.noManifest}</p>;
  const rest = { nothing: '', fetching: `, ${words.syncing}`, waiting: `, ${words.waiting}` }[doing];
  return (
    <div class="progress" data-held={`${held}/${all}`}>
      <p role="status" class="quiet">
        {words.progress(held, all)}
        {held < all && rest}
      </p>
      {held < all && <progress value={held} max={all} aria-label={words.title} />}
      {damaged > 0 && <p class="problem">{words.damaged(damaged)}</p>}
    </div>
  );
}
