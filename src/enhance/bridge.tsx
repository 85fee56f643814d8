import { render } from 'preact';
import { Bridge } from '../components/bridge/bridge.tsx';
import { browserPlatform } from '../log/browser-platform.ts';
import { organisation } from '../model/event.ts';
import { startBridge } from '../stores/bridge.ts';
import { browserKeys } from '../stores/browser-keys.ts';
import { $incidents } from '../stores/declared.ts';
import { $draft } from '../stores/draft.ts';
import { $mode } from '../stores/health.ts';
import { touch } from '../stores/idle.ts';
import { $inIosTab, acceptInvite } from '../stores/invite.ts';
import { $language, $messages, chooseLanguage, speak } from '../stores/language.ts';
import { report, sentenceOf } from '../stores/local.ts';
import { $log } from '../stores/log.ts';
import { $route, parseRoute } from '../stores/route.ts';
import { browserScreenLock } from '../stores/screen-lock.ts';
import { $site, parseSite } from '../stores/site.ts';
import { $updateFailure } from '../stores/update.ts';
import { browserFiles } from '../stores/vault-files.ts';
import { browserCopy } from './browser-copy.ts';
import { isWriting } from './is-writing.ts';
import { registerWorker } from './register-worker.ts';

const WORDS_WITHIN_MS = 1_500;

// First of all: an invite is a secret.
const invite = takeInvite();
const site = parseSite(document.getElementById('site')?.textContent);
$route.set(parseRoute(location.hash));
$site.set(site);
$inIosTab.set(isIosTab());
if (invite !== null) acceptInvite(invite);

// Nobody waits longer than this for words in their own language: they replace the English ones when they come.
await Promise.race([
  speak(chooseLanguage(navigator.languages)),
  new Promise((resolve) => setTimeout(resolve, WORDS_WITHIN_MS)),
]);
$language.subscribe((language) => {
  document.documentElement.lang = language;
});

const container = document.getElementById('bridge');
if (container !== null) render(<Bridge />, container);

// A tab in the background still says what has happened.
$mode.subscribe((mode) => {
  const { title, mode: names } = $messages.get();
  document.title = [...(mode === 'normal' ? [] : [names[mode]]), title, ...(site?.page ? [site.page.name] : [])].join(
    ' · ',
  );
});

addEventListener('hashchange', () => {
  // A link that is opened where the bridge is open already loads nothing anew.
  const opened = takeInvite();
  if (opened !== null) acceptInvite(opened);
  $route.set(parseRoute(location.hash));
});
for (const sign of ['pointerdown', 'keydown', 'scroll'])
  addEventListener(sign, touch, { capture: true, passive: true });
const wake = () => $log.get()?.wake();
for (const sign of ['online', 'focus', 'pageshow']) addEventListener(sign, wake);
document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && wake());

const database = `lifeboat-${site === null ? 'nobody' : organisation(site.root)}`;
startBridge(
  {
    platform: browserPlatform,
    ...browserCopy(database),
    keys: browserKeys(localStorage, browserPlatform, browserScreenLock(browserPlatform)),
    local: localStorage,
    files: browserFiles(caches),
    origin: location.origin,
  },
  site,
).catch((error: unknown) => report(sentenceOf(error)));
void registerWorker({
  isFree: () =>
    !isWriting(document) && $draft.get() === '' && !$incidents.get()?.open.length && $mode.get() === 'normal',
  onFailure: (why) => $updateFailure.set(why),
});

/** The invite link that was opened, which leaves the address bar and the history at once. */
function takeInvite(): string | null {
  const { origin, pathname, hash } = location;
  if (!hash.startsWith('#join=')) return null;
  history.replaceState(null, '', pathname);
  return origin + pathname + hash;
}

/** A tab of Safari on iOS, where a home-screen app would not find what is stored here. */
function isIosTab(): boolean {
  const isIos =
    /iP(hone|ad|od)/.test(navigator.userAgent) || (navigator.platform === 'MacIntel' && navigator.maxTouchPoints > 1);
  // Apple's own sign, and the standard one.
  const isInstalled = 'standalone' in navigator && navigator.standalone === true;
  return isIos && !isInstalled && !matchMedia('(display-mode: standalone)').matches;
}
