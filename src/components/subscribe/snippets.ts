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

/** Prints the indicator, or "unknown" where no answer came, or it is older than 15 minutes, or from the future. GNU date reads any zone. */
export function ageInShell(base: string): string {
  return `answer=$(curl -fsSm 20 ${base}/api/v2/status.json)
updated=$(printf %s "$answer" | jq -r .page.updated_at)
updated=$(date -d "\${updated:-never}" +%s) && age=$(($(date +%s) - updated)) &&
  [ $age -ge -120 ] && [ $age -le 900 ] &&
  printf %s "$answer" | jq -er '.status.indicator // empty' || echo unknown`;
}

/** The same for Node and browsers. */
export function ageInJavaScript(base: string): string {
  return `const answer = await fetch('${base}/api/v2/status.json', { cache: 'no-cache', signal: AbortSignal.timeout(20_000) })
  .then((response) => (response.ok ? response.json() : null))
  .catch(() => null);
const age = Date.now() - Date.parse(answer?.page?.updated_at);
console.log((age >= -120_000 && age <= 900_000 && answer.status?.indicator) || 'unknown');`;
}

function attribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
