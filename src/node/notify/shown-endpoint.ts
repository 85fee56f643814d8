/**
 * What sentences call an endpoint: its place among the `webhooks` of site.yaml, from 1, and its origin. Whoever has the whole
 * address may write to it, so that stands in no journal.
 */
export function shownEndpoint(endpoint: string, webhooks: readonly string[]): string {
  const { origin } = new URL(endpoint);
  const place = webhooks.indexOf(endpoint);
  return place < 0 ? `a browser at ${origin}` : `webhook ${place + 1} of site.yaml (${origin})`;
}
