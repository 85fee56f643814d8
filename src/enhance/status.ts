import { freshnessOf } from '../model/freshness.ts';
import { nextDecay } from '../model/headline.ts';
import type { Language } from '../model/language.ts';
import { fullestIncident, historyView, incidentView, statusView } from '../model/page-view.ts';
import { isSkewed } from '../model/skew.ts';
import type { PublicIncident } from '../model/snapshot.ts';
import type { Reader, Source, Trouble, View } from '../model/view.ts';
import { draw, paintOf } from './draw.ts';
import { type HeldCopy, raiseSeen, readHeld, writeHeld } from './held-copy.ts';
import { readerLanguage, wordsOf } from './language.ts';
import { familyOf, incidentCode, type PageFacts, readFacts } from './page-facts.ts';
import { placesOf } from './places.ts';
import { readReading } from './reading.ts';
import { mayBeKept, refresh } from './refresh.ts';
import { openShelf } from './shelf.ts';
import { wearOut } from './worn-html.ts';

/** Ages on the page are never older than this. */
const REDRAW_MS = 5_000;
/** A page that nobody looks at asks this seldom. */
const HIDDEN_ASK_MS = 30_000;

const facts = readFacts(document);
const container = document.getElementById('lifeboat');
if (facts !== null && container !== null) void start(facts, container);

async function start(facts: PageFacts, container: HTMLElement): Promise<void> {
  const family = familyOf(document);
  const code = incidentCode(location.pathname);
  const places = placesOf(facts, location.origin);
  const shelf = openShelf();
  const reading = readReading(shelf);
  const load = (language: Language) => Promise.all([wordsOf(language), paintOf(family)]);
  const language = readerLanguage(shelf, navigator.languages, facts.page.language);
  let [words, brush] = await load(language);
  let shown: HeldCopy | null = readHeld(shelf, facts.root);
  let source: Source = 'device';
  let trouble: Trouble | null = null;
  let offset: number | null = null;
  let incident: PublicIncident | null = null;
  let asked = false;
  let asking = false;
  let redraw = 0;
  let nextAsk = 0;

  function reader(copy: HeldCopy): Reader {
    return {
      now: Date.now(),
      ticking: true,
      timeZone: new Intl.DateTimeFormat().resolvedOptions().timeZone,
      copy: { source, host: source === 'device' ? null : copy.host, received_at: copy.received_at, verified: true },
      trouble,
      skew: isSkewed(offset) ? offset : null,
      language: words.language,
      ...reading.marks(),
    };
  }

  function viewOf(copy: HeldCopy): View {
    const { snapshot } = copy;
    if (family === 'history') return historyView(snapshot, reader(copy));
    if (family !== 'incident' || code === null) return statusView(snapshot, reader(copy));
    const { incidents, recent } = snapshot.state;
    const stated = [...incidents, ...recent].find((one) => one.code === code) ?? null;
    return incidentView(snapshot, reader(copy), code, fullestIncident(stated, incident));
  }

  function paint(): void {
    if (family === 'offline' || family === 'missing') return;
    const html = container.dataset;
    // What the server just wrote may be newer than what is held; it stays until the first answer, or until its time is up.
    const htmlLives = html['seq'] !== undefined && Number(html['until']) > Date.now();
    const htmlIsNewer = Number(html['seq'] ?? 0) > (shown?.snapshot.seq ?? 0);
    if (shown !== null && !(htmlIsNewer && (htmlLives || !asked))) {
      delete html['seq'];
      draw(viewOf(shown), container, words, brush);
    } else if (html['seq'] !== undefined) {
      if (!htmlLives) wearOut(container, words);
    } else if (asked) draw({ type: 'opening', page: facts.page, reason: 'nothing' }, container, words, brush);
    clearTimeout(redraw);
    const change = shown === null ? Number(html['until']) : nextDecay(shown.snapshot, Date.now());
    redraw = window.setTimeout(
      paint,
      Math.min(REDRAW_MS, Math.max(50, (change || Number.POSITIVE_INFINITY) - Date.now())),
    );
  }

  async function round(): Promise<void> {
    if (asking) return;
    asking = true;
    clearTimeout(nextAsk);
    source = 'device';
    try {
      const found = await refresh({ facts, places, shelf, held: shown, now: Date.now });
      offset = found.offset ?? offset;
      trouble = found.trouble;
      if (found.copy !== null) take(found.copy);
    } catch (error) {
      // The verifier itself could not be loaded, say. The page goes on to decay, says so and asks again.
      console.warn('This round of asking failed.', error);
      trouble = 'unreachable';
    }
    asking = false;
    asked = true;
    paint();
    nextAsk = window.setTimeout(() => void round(), document.hidden ? HIDDEN_ASK_MS : pause());
  }

  function take(copy: HeldCopy): void {
    const now = Date.now();
    const kept = mayBeKept(copy, now);
    // What is held and still good is worth more than a copy from the future.
    if (!kept && shown !== null && freshnessOf(shown.snapshot, now) !== 'expired') return;
    const isNew = copy.event.id !== shown?.event.id;
    shown = copy;
    source = copy.source;
    if (!kept) return;
    writeHeld(shelf, copy);
    raiseSeen(shelf, copy.event.pubkey, copy.snapshot.seq);
    // Not waited for: a database that never answers must not end the asking.
    if (isNew) void keep(copy);
  }

  async function keep(copy: HeldCopy): Promise<void> {
    const { keepCopy } = await import('./keep.ts');
    await keepCopy(copy);
    await fetchIncidents(copy);
  }

  async function fetchIncidents(copy: HeldCopy): Promise<void> {
    const files = places.find(({ host }) => host === copy.host)?.files ?? location.origin;
    const parts = await import('./parts.ts');
    if (await parts.fetchIncidents(files, copy.snapshot, code)) await openIncident();
  }

  /** The incident of this address as this device keeps it. */
  async function openIncident(): Promise<void> {
    if (code === null) return;
    const { heldIncident } = await import('./parts.ts');
    incident = await heldIncident(code);
    paint();
  }

  async function speak(language: Language): Promise<void> {
    [words, brush] = await load(language);
    paint();
  }

  /** Readers who opened the page at one moment must not go on asking at one moment. */
  function pause(): number {
    return facts.ask_every_ms * (0.85 + Math.random() * 0.3);
  }

  async function begin(): Promise<void> {
    if (shown === null) {
      const { newestCopy } = await import('./keep.ts');
      shown ??= await newestCopy(facts.root);
      paint();
    }
    void openIncident();
    void round();
    if (words.language !== language) void speak(language);
    const { followHand } = await import('./hand.ts');
    followHand(container, reading, { paint, speak });
    const { registerWorker } = await import('./register-worker.ts');
    await registerWorker();
  }

  paint();
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) return;
    paint();
    void round();
  });
  window.addEventListener('online', () => void round());
  // Two frames: the first paint is done before anything heavy is loaded. A hidden page has no frames.
  const afterPaint = document.hidden ? setTimeout : requestAnimationFrame;
  afterPaint(() => setTimeout(() => void begin(), 0));
}
