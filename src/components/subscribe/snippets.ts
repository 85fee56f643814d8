/** The badge as HTML; `base` is the site's address without a slash at the end. */
export function badgeHtml(base: string, alt: string): string {
  return `<a href="${base}/"><img src="${base}/badge.svg" alt="${attribute(alt)}" height="22"></a>`;
}

export function badgeMarkdown(base: string, alt: string): string {
  return `[![${alt.replace(/[[\]\\]/g, '\\$&')}](${base}/badge.svg)](${base}/)`;
}

/** The banner; its colours follow the reader's, or are fixed by `light` or `dark` in the place of `auto`. */
export function bannerHtml(base: string, title: string): string {
  return `<iframe src="${base}/embed/?theme=auto" title="${attribute(title)}" width="100%" height="120" style="border:0"></iframe>`;
}

/** Prints the indicator, or "unknown" where the answer is older than 15 minutes. GNU date reads any zone. */
export function ageInShell(base: string): string {
  return `answer=$(curl -fsS ${base}/api/v2/status.json)
updated=$(date -d "$(jq -r .page.updated_at <<<"$answer")" +%s)
if [ $(($(date +%s) - updated)) -gt 900 ]; then echo unknown
else jq -r .status.indicator <<<"$answer"; fi`;
}

export function ageInJavaScript(base: string): string {
  return `const answer = await fetch('${base}/api/v2/status.json', { cache: 'no-cache' });
const { page, status } = await answer.json();
const isOld = Date.now() - Date.parse(page.updated_at) > 15 * 60_000;
console.log(isOld ? 'unknown' : status.indicator);`;
}

function attribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
