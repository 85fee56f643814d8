// Control characters but newline and tab: terminals and other languages' JSON disagree about them.
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;

// What a terminal takes for a command: without its first character the rest would stand in the text as rubbish.
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
const TERMINAL_COMMANDS = /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]/g;
// Overrides and isolates turn round what is read, also beside them; the direction of a text is found when it is drawn.
const DIRECTIONS = /[\u202a-\u202e\u2066-\u2069]/g;

/** What an author may sign: well-formed text, line ends as \n, no controls of terminals or direction but newline and tab. */
export function cleanText(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(TERMINAL_COMMANDS, '')
    .replace(CONTROLS, '')
    .replace(DIRECTIONS, '');
}

/** `value` with every text in it cleaned. */
export function cleaned(value: unknown): unknown {
  if (typeof value === 'string') return cleanText(value);
  if (Array.isArray(value)) return value.map(cleaned);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, cleaned(item)]));
}
