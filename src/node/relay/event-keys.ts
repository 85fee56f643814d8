const FIELDS: ReadonlySet<string> = new Set(['id', 'pubkey', 'created_at', 'kind', 'tags', 'content', 'sig']);
const [QUOTE, COLON, BACKSLASH] = [0x22, 0x3a, 0x5c];

/**
 * What is wrong with the keys of an event that was parsed from `json` (the event alone, or the frame around it), or
 * undefined. Readers disagree about which of two equal keys counts, so what was signed would depend on who reads it.
 */
export function misfitOfKeys(value: unknown, json: string): string | undefined {
  // Whatever else it is, the form of an event is asked for later.
  if (typeof value !== 'object' || value === null) return undefined;
  const keys = Object.keys(value);
  if (!keys.every((key) => FIELDS.has(key))) return 'it has a key that no event has';
  return countNames(json) === keys.length ? undefined : 'it has a key twice, or keys within a field';
}

/** How many names of members, also repeated ones, stand in a valid JSON text: as many as colons outside its strings. */
export function countNames(json: string): number {
  let names = 0;
  for (let at = 0; at < json.length; at++) {
    const code = json.charCodeAt(at);
    if (code === COLON) names++;
    else if (code === QUOTE) at = endOfString(json, at + 1);
  }
  return names;
}

/** Where the quote stands that ends the string; an odd number of backslashes before it makes it part of the string. */
function endOfString(json: string, from: number): number {
  for (let end = json.indexOf('"', from); end >= 0; end = json.indexOf('"', end + 1)) {
    let first = end;
    while (json.charCodeAt(first - 1) === BACKSLASH) first--;
    if ((end - first) % 2 === 0) return end;
  }
  return json.length;
}
