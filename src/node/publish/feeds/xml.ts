// What XML 1.0 has no way to carry. Authors clean their text, but another client may sign anything.
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is replaced
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

/** Text that any XML 1.0 document may hold; what it may not becomes U+FFFD. */
export function xmlSafe(text: string): string {
  return text.toWellFormed().replace(FORBIDDEN, '\ufffd');
}

/** Text that may stand between tags or in a double-quoted attribute. */
export function xmlText(text: string): string {
  return xmlSafe(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
