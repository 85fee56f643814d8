import { createElement, render } from 'preact';
import { Main } from '../components/status/main.tsx';
import { titleOf } from '../components/status/title.ts';
import { paintSubscribe } from '../components/subscribe/subscribe-page.tsx';
import type { Language } from '../model/language.ts';
import { siteBase } from '../model/subscription.ts';
import type { CopyState, PushState, View } from '../model/view.ts';
import { isLanguage, keepLanguage, readerLanguage, wordsOf } from './language.ts';
import { type PageFacts, readFacts } from './page-facts.ts';
import { pushState, switchOff, switchOn } from './push.ts';
import { registerWorker } from './register-worker.ts';
import { openShelf } from './shelf.ts';

const facts = readFacts(document);
const container = document.getElementById('lifeboat');
if (facts !== null && container !== null) void start(facts, container);

/** The page that says how to be told: it shows no state, so it needs neither copy nor clock. */
async function start({ page, push: facts }: PageFacts, container: HTMLElement): Promise<void> {
  const shelf = openShelf();
  const base = siteBase(page.url ?? location.origin);
  let words = await wordsOf(readerLanguage(shelf, navigator.languages, page.language));
  let copy: CopyState = { type: 'ready' };
  let push: PushState | null = facts === null ? null : 'off';

  function paint(): void {
    const view: View = { type: 'subscribe', page, base, copy, push };
    render(createElement(Main, { view, messages: words, paint: paintSubscribe }), container);
    document.documentElement.lang = words.language;
    document.title = titleOf(view, words);
  }

  container.addEventListener('click', (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const id = target?.closest<HTMLElement>('[data-copy]')?.dataset['copy'];
    if (id !== undefined) void take(id);
    const language = target?.closest<HTMLElement>('[data-language]')?.dataset['language'];
    if (isLanguage(language)) void speak(language);
    if (target?.closest('[data-action=push]') != null) void turnPush();
  });

  async function speak(language: Language): Promise<void> {
    keepLanguage(shelf, language);
    words = await wordsOf(language);
    paint();
  }

  async function turnPush(): Promise<void> {
    if (facts === null || push === 'asking') return;
    const turn = push === 'on' ? switchOff : switchOn;
    push = 'asking';
    paint();
    push = await turn(facts);
    paint();
  }

  async function take(id: string): Promise<void> {
    const code = document.getElementById(id);
    if (code === null) return;
    try {
      await navigator.clipboard.writeText(code.textContent ?? '');
      copy = { type: 'copied', id };
    } catch {
      // Forbidden, or no safe origin: the reader's own keys still copy what is selected.
      getSelection()?.selectAllChildren(code);
      copy = { type: 'selected', id };
    }
    paint();
  }

  paint();
  await registerWorker({ isFree: () => true, onFailure: () => {} });
  if (facts === null) return;
  push = await pushState();
  paint();
}
