/** What `{site}`, `{relay1}` … stand for in addresses: http(s) base URLs without a slash at the end. */
export type SiteVariables = Readonly<Record<string, string>>;

/** `{relay1}`, `{relay2}` … for these WebSocket addresses, and `{site}` where it is known. */
export function siteVariables(relays: readonly string[], site?: string): SiteVariables {
  const numbered = relays.map((relay, index) => [`relay${index + 1}`, relay.replace(/^ws/, 'http')] as const);
  return Object.fromEntries([...(site === undefined ? [] : [['site', site] as const]), ...numbered]);
}

const PLACEHOLDER = /\{([a-z][a-z0-9]*)(?:\.(host|port|ws))?\}/g;

/** Fills the placeholders of an address, or says which one is not known. */
export function fill(
  address: string,
  variables: SiteVariables,
): { readonly type: 'ok'; readonly text: string } | { readonly type: 'unknown'; readonly name: string } {
  const unknown = [...address.matchAll(PLACEHOLDER)].find(([, name = '']) => !Object.hasOwn(variables, name));
  if (unknown) return { type: 'unknown', name: unknown[0] };
  const text = address.replace(PLACEHOLDER, (_, name: string, part?: string) => partOf(variables[name] ?? '', part));
  return { type: 'ok', text };
}

function partOf(address: string, part: string | undefined): string {
  const base = address.replace(/\/$/, '');
  if (part === undefined) return base;
  if (part === 'ws') return base.replace(/^http/, 'ws');
  const url = new URL(base);
  if (part === 'host') return url.hostname;
  return url.port || (url.protocol === 'https:' ? '443' : '80');
}
