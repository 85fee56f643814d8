import { canonical, type Json } from '../../log/canonical.ts';
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
    vendors: site.vendors.map(({ id, name, lifeline }) => ({ id, name, lifeline })),
  } satisfies Json;
  const text = canonical(facts).replaceAll('<', '\\u003c');
  return `<script type="application/json" id="site">${text}</script>`;
}

/** Text that may stand between tags or in a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
