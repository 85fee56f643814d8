import type { Site } from '../../model/site.ts';
import type { Renderer, View } from '../../model/view.ts';
import { escapeHtml, factsBlock } from './facts.ts';
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

/** The template with the view drawn in the marker's place, its title and its icon. */
export function fillPage(template: string, view: View, renderer: Renderer): string {
  return template
    .replace(MARKER, () => renderer.renderMain(view))
    .replace(/<title>[^<]*<\/title>/, () => `<title>${escapeHtml(renderer.titleOf(view))}</title>`)
    .replace(/<link rel="icon" href="[^"]*"/, () => `<link rel="icon" href="${escapeHtml(renderer.iconOf(view))}"`);
}
