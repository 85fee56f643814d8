/** `<time>` or `<payments / requests>`; not "p < 5 and q > 3". */
const PLACEHOLDER = /<\p{L}[^<>]{0,200}>/gu;

/** What a template left to be filled in and nobody has filled in yet, each once, as it stands in the texts. */
export function placeholdersIn(...texts: readonly string[]): readonly string[] {
  const found = texts.flatMap((text) => (text.match(PLACEHOLDER) ?? []).filter((one) => !isMeant(one, text)));
  return [...new Set(found)];
}

/** An address in angle brackets, of a page or of mail, or markup that is closed again: somebody wrote it so on purpose. */
function isMeant(found: string, text: string): boolean {
  return /:\/\/|\S@\S/.test(found) || text.includes(`</${found.slice(1)}`);
}
