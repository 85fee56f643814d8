/** `<time>` or `<payments / requests>`; neither an address in angle brackets nor "p < 5 and q > 3". */
const PLACEHOLDER = /<\p{L}[^<>]{0,200}>/gu;

/** What a template left to be filled in and nobody has filled in yet, each once, as it stands in the texts. */
export function placeholdersIn(...texts: readonly string[]): readonly string[] {
  const found = texts.flatMap((text) => text.match(PLACEHOLDER) ?? []);
  return [...new Set(found)].filter((one) => !one.includes('://'));
}
