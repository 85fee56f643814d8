import { canonical, type Json } from '../../model/canonical.ts';
import type { Site } from '../../model/site.ts';
import type { PublicPage } from '../../model/snapshot.ts';

export function publicPage({ name, url, language, time_zone }: Site): PublicPage {
  return { name, url, language, time_zone };
}

/** The block that tells every page whose it is: root key, relays, mirrors, names. Safe to stand inside HTML. */
export function factsBlock(site: Site, root: string): string {
  const facts = {
    root,
    relays: [...site.relays],
    mirrors: [...site.mirrors],
    page: { ...publicPage(site) },
    ask_every_ms: askEvery(site),
    push: pushFacts(site),
    vendors: site.vendors.map(({ id, name, lifeline }) => ({ id, name, lifeline })),
  } satisfies Json;
  const text = canonical(facts).replaceAll('<', '\\u003c');
  return `<script type="application/json" id="site">${text}</script>`;
}

/** What a browser must know to subscribe; null where the operator offers no push. */
export function pushFacts({ notify }: Site): { readonly address: string; readonly key: string } | null {
  const push = notify?.push;
  return push == null ? null : { address: push.address.replace(/\/+$/, ''), key: push.key };
}

const [ASK_MIN_MS, ASK_MAX_MS] = [1_000, 15_000];

/** Four times within the shortest probe interval: with the watcher's part, a change is seen within two intervals. */
function askEvery({ components }: Site): number {
  const intervals = components.flatMap(({ probes }) => probes.map(({ every_ms }) => every_ms));
  return Math.min(ASK_MAX_MS, Math.max(ASK_MIN_MS, Math.floor(Math.min(...intervals, Number.MAX_SAFE_INTEGER) / 4)));
}
