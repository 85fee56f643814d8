import { freshnessOf } from '../model/freshness.ts';
import { nextDecay } from '../model/headline.ts';
import type { Language } from '../model/language.ts';
import type { Reader, Trouble, UpdateFailure, View } from '../model/view.ts';
import type { CurrentCopy } from './current-copy.ts';
import { draw, type Extent, paintOf, paintOfNothing } from './draw.ts';
import { follow } from './follow.ts';
import type { HeldCopy } from './held-copy.ts';
import { isAlive } from './html-life.ts';
import { insist } from './insist.ts';
import { readerLanguage, wordsOf } from './language.ts';
import { pageExtras } from './page-extras.ts';
import { addressOf, isOpenedAnew, type PageFacts, readFacts } from './page-facts.ts';
import { placesOf } from './places.ts';
import { readerNow } from './reader-clock.ts';
import { readReading } from './reading.ts';
import { openShelf } from './shelf.ts';
import { wearTheme } from './theme.ts';
import { readerOf, viewAt } from './view-of.ts';
import { warn } from './warn.ts';
import { wearOut } from './worn-html.ts';

/** Ages on the page are never older than this. */
const REDRAW_MS = 5_000;
/** So long the page waits for what it shows beside its snapshot before it shows what the snapshot alone tells. */
const PATIENCE_MS = 1_500;
/** How soon it looks again meanwhile. */
const WAITING_MS = 500;

const facts = readFacts(document);
const container = document.getElementById('lifeboat');
// What is needed at once may not come; meanwhile the server's HTML stands, or the shell.
if (facts !== null && container !== null) void insist(() => start(facts, container));

async function start(facts: PageFacts, container: HTMLElement): Promise<void> {
  const address = addressOf(document);
  const { family } = address;
  if (family === 'offline' || family === 'missing') return;
  if (family === 'embed') wearTheme(document);
  const shelf = openShelf();
  const places = placesOf(facts, location.origin);
  const reading = readReading(
    shelf,
    openShelf(() => sessionStorage),
  );
  // What is held is drawn whole a frame after its answer; where the browser is to find a place on the page, at once.
  const first = isOpenedAnew() ? 'answer' : 'parts';
  let extent: Extent = family === 'status' && !container.dataset['seq'] ? first : 'whole';
  let language = readerLanguage(shelf, navigator.languages, facts.page.language);
  const load = () => Promise.all([wordsOf(language), paintOf(family, extent), viewAt(address)]);
  let [words, brush, viewOf] = await load().catch(() => {
    // The reason is said when what is missing here is asked for again.
    extent = 'parts';
    return load();
  });
  let current: CurrentCopy | null = null;
  const hosts = places.flatMap(({ files }) => files ?? []);
  const extras = pageExtras(address, hosts, paintSoon);
  let brought: Promise<unknown> | undefined;
  let update: UpdateFailure | null = null;
  let redraw = 0;
  let fragment = location.hash;

  const { begin } = follow({
    root: facts.root,
    places,
    shelf,
    ask_every_ms: facts.ask_every_ms,
    onChange: (next) => {
      // What is held is drawn at once; of what follows, several changes are one drawing.
      const draws = current === null ? paint : paintSoon;
      current = next;
      draws();
      if (next.copy !== null && next.source !== 'device')
        brought = Promise.all([brought, extras.bring(next.copy).catch(warn)]);
    },
  });

  function paint(): void {
    const { copy = null, asked = false } = current ?? {};
    const html = container.dataset;
    // What the server just wrote may be newer than what is held; it stays until the first answer, or until its time is up.
    html['ticking'] = '';
    const htmlLives = isAlive(html, current?.offset ?? 0, readerNow(), performance.now());
    const htmlIsNewer = Number(html['seq'] ?? 0) > (copy?.snapshot.seq ?? 0);
    const reader = current && copy && readerOf(current, copy, readerNow());
    const view = reader && copy && viewNow(reader, copy);
    const waits = view !== null && isBare(view);
    if (view !== null && !waits && !(htmlIsNewer && (htmlLives || !asked))) {
      delete html['seq'];
      draw(view, container, words, brush);
      goToFragment();
    } else if (html['seq'] !== undefined) {
      if (!htmlLives) wearOut(container, words);
      if (current?.trouble) void doubt(current.trouble).catch(warn);
    } else if (asked) void sayNothing().catch(warn);
    clearTimeout(redraw);
    const now = reader?.now ?? readerNow();
    const change = copy === null ? Number(html['until']) : nextDecay(copy.snapshot, now);
    redraw = window.setTimeout(
      paint,
      Math.min(waits ? WAITING_MS : REDRAW_MS, Math.max(50, (change || Number.POSITIVE_INFINITY) - now)),
    );
  }

  function viewNow(reader: Omit<Reader, 'timeZone'>, copy: HeldCopy): View {
    // The first word with the browser's calendars takes as long as all else of the first drawing. Where the answer itself
    // names a time, they are asked all the same: its words are read out, and must not change at once.
    const isPlain = extent === 'answer' && freshnessOf(copy.snapshot, reader.now) !== 'expired';
    const timeZone = isPlain ? null : address.timeZone;
    const found = extras.found();
    const marks = { update, language: words.language, ...reading.marks() };
    return viewOf(found.complete(copy.snapshot), { ...reader, timeZone, ...marks }, found);
  }

  /**
   * A snapshot alone tells neither of a month nor of what is long over. That is not said while the rest may soon come, and
   * never in place of the server's own words.
   */
  function isBare(view: View): boolean {
    const bare = view.type === 'absent' || (family === 'history' && extras.found().history === null);
    return bare && (performance.now() < PATIENCE_MS || container.dataset['seq'] !== undefined);
  }

  function paintSoon(): void {
    clearTimeout(redraw);
    redraw = window.setTimeout(paint, 0);
  }

  /** The shell had no such place when the browser looked for it; once only, for the reader may have gone on. */
  function goToFragment(): void {
    if (!fragment || document.getElementById(fragment.slice(1)) === null) return;
    location.replace(fragment);
    fragment = '';
  }

  async function sayNothing(): Promise<void> {
    const notice = await paintOfNothing(family);
    // A copy may have come meanwhile.
    if (current?.copy) return;
    const reason = current?.trouble ?? 'unreachable';
    draw({ type: 'opening', page: facts.page, reason, small: family === 'embed' }, container, words, notice);
  }

  async function doubt(trouble: Trouble): Promise<void> {
    const { doubtHtml } = await import('./doubtful-html.ts');
    // A copy may have come meanwhile.
    if (container.dataset['seq'] !== undefined) doubtHtml(container, words.language, trouble);
  }

  async function speak(chosen: Language): Promise<void> {
    language = chosen;
    const spoken = await wordsOf(chosen);
    // The reader may have chosen another one meanwhile; and one that cannot be had is no reason for a third.
    if (language !== chosen || spoken.language !== chosen) return;
    words = spoken;
    paint();
  }

  /** What comes after the first paint; it tells also what is to be doubted. */
  async function complete(): Promise<void> {
    brush = await paintOf(family, 'whole');
    paint();
  }

  async function startRest(): Promise<void> {
    const asked = begin(() => current?.copy && void extras.open(current.copy).catch(warn));
    if (extent === 'answer') {
      extent = 'parts';
      brush = await paintOf(family, extent);
      paint();
    }
    if (extent === 'parts') void insist(complete);
    if (words.language !== language) void speak(language).catch(warn);
    // A frame in somebody else's page: it has no controls, and its storage is not the site's.
    if (family === 'embed') return;
    const stood = scrollY;
    const { followHand } = await import('./hand.ts');
    followHand(container, reading, { paint, speak, stood });
    // Its files come after all that the reader waits for.
    await asked.catch(warn);
    await brought;
    const { registerWorker } = await import('./register-worker.ts');
    await registerWorker({
      isFree: () => true,
      onFailure: (why) => {
        if (why !== update) paintSoon();
        update = why;
      },
    });
  }

  document.addEventListener('visibilitychange', () => !document.hidden && paint());
  // Two frames: what is drawn can be seen before anything heavy is done. A hidden page has no frames.
  const frame = document.hidden ? setTimeout : requestAnimationFrame;
  frame(() => frame(() => setTimeout(() => void startRest().catch(warn))));
}
