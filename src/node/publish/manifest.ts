import type { PublicPage } from '../../model/snapshot.ts';

/** The web app manifest: the page can be kept on a home screen, where iOS does not clear its storage after a week. */
export function manifestFile(page: PublicPage): string {
  return JSON.stringify({
    name: page.name,
    short_name: page.name,
    lang: page.language,
    start_url: '/',
    scope: '/',
    display: 'standalone',
    background_color: '#f6f7f5',
    theme_color: '#f6f7f5',
    icons: [{ src: '/icon.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'any' }],
  });
}
