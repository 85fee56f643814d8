// Whatever steers a terminal or hides the true order of letters; line ends are handled apart.
const UNSAFE = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;
// What may begin Markdown, a table, mathematics, HTML or an entity anywhere in a line.
const ANYWHERE = /[\\`*_[\]<>&|~#$]/g;
// What may begin a list, a heading, a rule or a table at the start of a line.
const AT_START = /^([-+=:]|\d+(?=[.)]))/;
// Readers of Markdown make links of bare addresses, even of escaped ones; none does so inside code.
const ADDRESS = /:\/\/|www\.|@/i;

/** Other people's text on one line of Markdown: it reads the same and makes no markup, link or HTML. */
export function inlineText(text: string): string {
  return escapeLine(text.replace(/\s+/gu, ' '));
}

/** Other people's text, quoted: its lines stay lines, and no line can leave the quotation. */
export function quotedText(text: string): string {
  const paragraphs = text
    .split(/\r\n?|[\n\u0085\u2028\u2029]/u)
    .map(escapeLine)
    .join('\n')
    .split(/\n{2,}/)
    .map((paragraph) => paragraph.split('\n').filter((line) => line !== ''))
    .filter((lines) => lines.length > 0);
  return paragraphs.map((lines) => lines.map((line) => `> ${line}`).join('\\\n')).join('\n>\n');
}

function escapeLine(line: string): string {
  const words = line.replace(UNSAFE, '\ufffd').split(/\s+/u);
  const escaped = words
    .filter((word) => word !== '')
    .map((word) => (ADDRESS.test(word) ? asCode(word) : escapeWord(word)));
  return escaped.join(' ').replace(AT_START, (found) => (/\d/.test(found) ? `${found}\\` : `\\${found}`));
}

function escapeWord(word: string): string {
  return word.replace(ANYWHERE, '\\$&');
}

/** Between more backticks than the word holds in a row. */
function asCode(word: string): string {
  const longest = Math.max(0, ...[...word.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const space = longest === 0 ? '' : ' ';
  return `${fence}${space}${word}${space}${fence}`;
}
