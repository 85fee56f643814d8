// Controls, and what hides the true order of letters; line feeds stay.
const STEERING = /(?!\n)[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** Other people's text as a terminal may show it: it can neither steer it nor turn letters around. */
export function terminalText(text: string): string {
  return text.replace(STEERING, ' ');
}

/** The same on one line. */
export function terminalLine(text: string): string {
  return terminalText(text.replaceAll('\n', ' '));
}
