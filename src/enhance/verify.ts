import { createElement, render } from 'preact';
import { VerifyPage } from '../components/verify/verify-page.tsx';
import { type CheckedPlace, type VerifyState, verdictOf } from '../components/verify/verify-state.ts';
import type { Language } from '../model/language.ts';
import { isLanguage, keepLanguage, readerLanguage, wordsOf } from './language.ts';
import { type PageFacts, readFacts } from './page-facts.ts';
import { placesOf } from './places.ts';
import { registerWorker } from './register-worker.ts';
import { openShelf } from './shelf.ts';
import { runCheck } from './verify-run.ts';
import { verifyWords } from './verify-words.ts';

const facts = readFacts(document);
const container = document.getElementById('lifeboat');
if (facts !== null && container !== null) void start(facts, container);

/** Checks at once, and again when asked to; draws each step as it is done. */
async function start(facts: PageFacts, container: HTMLElement): Promise<void> {
  const { root, page } = facts;
  const shelf = openShelf();
  const places = checkedPlaces(facts);
  const load = (language: Language) => Promise.all([wordsOf(language), verifyWords(language)]);
  let [messages, words] = await load(readerLanguage(shelf, navigator.languages, page.language));
  let [chosen] = places;
  let run = new AbortController();
  let state: VerifyState = { type: 'still' };
  let isDrawn = true;

  function paint(): void {
    isDrawn = true;
    const actions = { places, chosen, check: begin, copy };
    const timeZone = hasTimes(state) ? new Intl.DateTimeFormat().resolvedOptions().timeZone : page.time_zone;
    const props = { page, root, base: chosen.base, state, timeZone, messages, words, actions };
    render(createElement(VerifyPage, props), container);
    document.documentElement.lang = messages.language;
    document.title = `${words.verdict[verdictOf(state)]} · ${page.name}`;
  }

  /** A thousand events are checked between two frames. */
  function paintSoon(next: VerifyState): void {
    state = next;
    if (!isDrawn) return;
    isDrawn = false;
    setTimeout(paint, 50);
  }

  function begin(place: CheckedPlace): void {
    chosen = place;
    run.abort();
    run = new AbortController();
    const { signal } = run;
    // What a run says that the reader has left for another is not drawn any more.
    const onState = (next: VerifyState) => signal.aborted || paintSoon(next);
    runCheck({ root, shelf, place, onState, signal }).catch((error: unknown) => {
      if (signal.aborted) return; // Its reader ended it.
      console.warn('The check did not end.', error);
      onState({ type: 'done', steps: [], report: null });
    });
  }

  container.addEventListener('click', (event) => {
    const target = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-language]') : null;
    const language = target?.dataset['language'];
    if (!isLanguage(language)) return;
    keepLanguage(shelf, language);
    void load(language).then((spoken) => {
      [messages, words] = spoken;
      paint();
    });
  });

  paint();
  // Each in a task of its own: a finger is heard in between.
  setTimeout(() => begin(chosen));
  await registerWorker({ isFree: () => true, onFailure: () => {} });
}

/** Until then the reader's zone is not asked for: the check's thread loads the browser's calendars meanwhile. */
function hasTimes({ type }: VerifyState): boolean {
  return type === 'done' || type === 'held';
}

/** The own site first, then each mirror: relays hold the snapshot alone. */
function checkedPlaces(facts: PageFacts): readonly [CheckedPlace, ...CheckedPlace[]] {
  const { origin, host } = location;
  const mirrors = placesOf(facts, origin).flatMap(({ source, host, files }): CheckedPlace[] =>
    source === 'mirror' && files !== null ? [{ source, host, base: files }] : [],
  );
  return [{ source: 'origin', host, base: origin }, ...mirrors];
}

/** False where the browser does not let the page copy. */
async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false; // Forbidden, or no safe origin: the reader's own keys still copy what is selected.
  }
}
