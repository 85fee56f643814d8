import type { Site } from '../../model/site.ts';
import { siteBase } from '../../model/subscription.ts';
import type { Renderer, View } from '../../model/view.ts';
import { escapeHtml } from './escape-html.ts';
import { factsBlock } from './facts-block.ts';
import { connectSources, inlineHashes, pagePolicy } from './policy.ts';

const MARKER = '<!--lifeboat:main-->';

/** A built page with the organisation's facts and its policy in it; the marker for the drawn state is still there. */
export function fillTemplate(html: string, site: Site, root: string): string {
  const policy = escapeHtml(pagePolicy(inlineHashes(html), connectSources(site)));
  return html
    .replace('<!--lifeboat:policy-->', () => `<meta http-equiv="content-security-policy" content="${policy}">`)
    .replace('<!--lifeboat:site-->', () => factsBlock(site, root))
    .replace(/<html lang="[^"]*"/, () => `<html lang="${escapeHtml(site.language)}"`);
}

/** The template with the view drawn in the marker's place, its title, its icon, and what search engines read. */
export function fillPage(template: string, view: View, renderer: Renderer): string {
  return template
    .replace(MARKER, () => renderer.renderMain(view))
    .replace(
      /<title>[^<]*<\/title>/,
      () => `<title>${escapeHtml(renderer.titleOf(view))}</title>${about(view, renderer)}`,
    )
    .replace(/<link rel="icon" href="[^"]*"/, () => `<link rel="icon" href="${escapeHtml(renderer.iconOf(view))}"`);
}

/** Where the site's own address is known, every copy names the page there: a mirror is not another page. */
function about(view: View, renderer: Renderer): string {
  const { description, path } = renderer.headOf(view);
  const { url } = 'known' in view ? view.known.page : view.page;
  const base = siteBase(url);
  const meta = description === null ? '' : `<meta name="description" content="${escapeHtml(description)}">`;
  return base === null || path === null ? meta : `${meta}<link rel="canonical" href="${escapeHtml(base + path)}">`;
}
