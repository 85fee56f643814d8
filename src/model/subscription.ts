/** The site's address without a slash at the end; null where none is known. */
export function siteBase(url: string | null): string | null {
  return url === null ? null : url.replace(/\/+$/, '');
}
