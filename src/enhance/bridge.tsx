import { render } from 'preact';
import { Bridge } from '../components/bridge/bridge.tsx';
import { browserCanary } from '../log/browser-canary.ts';
import { browserPlatform } from '../log/browser-platform.ts';
import { openIdbStore } from '../log/idb-store.ts';
import { organisation } from '../model/event.ts';
import { startBridge } from '../stores/bridge.ts';
import { browserKeys } from '../stores/browser-keys.ts';
import { $mode } from '../stores/health.ts';
import { touch } from '../stores/idle.ts';
import { acceptInvite } from '../stores/invite.ts';
import { $language, $messages, chooseLanguage } from '../stores/language.ts';
import { report, sentenceOf } from '../stores/local.ts';
import { $log } from '../stores/log.ts';
import { $route, parseRoute } from '../stores/route.ts';
import { $site, parseSite } from '../stores/site.ts';
import { browserFiles } from '../stores/vault-files.ts';
import { registerWorker } from './register-worker.ts';

// First of all: an invite is a secret, so it leaves the address bar and the history at once.
const fragment = location.hash;
const invite = fragment.startsWith('#join=') ? fragment : null;
if (invite !== null) history.replaceState(null, '', location.pathname);

const site = parseSite(document.getElementById('site')?.textContent);
$language.set(chooseLanguage(navigator.languages));
document.documentElement.lang = $language.get();
$route.set(parseRoute(location.hash));
$site.set(site);
if (invite !== null) acceptInvite(location.origin + location.pathname + invite, isIosTab());

const container = document.getElementById('bridge');
if (container !== null) render(<Bridge />, container);

// A tab in the background still says what has happened.
$mode.subscribe((mode) => {
  const { title, mode: names } = $messages.get();
  document.title = [...(mode === 'normal' ? [] : [names[mode]]), title, ...(site?.page ? [site.page.name] : [])].join(
    ' · ',
  );
});

addEventListener('hashchange', () => $route.set(parseRoute(location.hash)));
for (const sign of ['pointerdown', 'keydown', 'scroll'])
  addEventListener(sign, touch, { capture: true, passive: true });
for (const sign of ['online', 'focus', 'pageshow']) addEventListener(sign, () => $log.get()?.wake());

const database = `lifeboat-${site === null ? 'nobody' : organisation(site.root)}`;
startBridge(
  {
    platform: browserPlatform,
    store: openIdbStore(database, browserCanary(database)),
    keys: browserKeys(localStorage, browserPlatform),
    local: localStorage,
    files: browserFiles(caches),
    origin: location.origin,
  },
  site,
).catch((error: unknown) => report(sentenceOf(error)));
void registerWorker();

/** A tab of Safari on iOS, where a home-screen app would not find what is stored here. */
function isIosTab(): boolean {
  const isIos =
    /iP(hone|ad|od)/.test(navigator.userAgent) || (navigator.platform === 'MacIntel' && navigator.maxTouchPoints > 1);
  return isIos && !matchMedia('(display-mode: standalone)').matches;
}
