const SHELLS = ['sh', 'bash', 'zsh', 'shell', 'console', 'terminal', 'shell-session', 'shellsession'];
/** In these a line that begins with `#` is what root types; elsewhere it is a comment. */
const SESSIONS = ['console', 'terminal', 'shell-session', 'shellsession'];
/** `$ …`, `# …`, also after `[core@node ~]`, `sh-5.1` or `user@host:~`. */
const PROMPT = /^\s*(?:\[[^\]]*\]|sh-[\d.]+|[\w.-]+@[\w.:~/-]+)?\s?([$#]) (.*)$/;

/** What a person wants to paste: the fence's text, or, where prompts show which lines were typed, those lines alone. */
export function copyText(text: string, language: string | null): string {
  if (language !== null && !SHELLS.includes(language.toLowerCase())) return text;
  const lines = text.split('\n');
  const marks = lines.map((line) => PROMPT.exec(line)?.[1]);
  const isSession = language !== null && SESSIONS.includes(language.toLowerCase());
  const onlyHashes = lines.every((line, i) => marks[i] === '#' || line.trim() === '') && language !== null;
  const prompts = isSession || onlyHashes ? ['$', '#'] : ['$'];
  if (!marks.some((mark) => mark !== undefined && prompts.includes(mark))) return text;
  const typed: string[] = [];
  let command = '';
  for (const [i, line] of lines.entries()) {
    const prompt = prompts.includes(marks[i] ?? '') && !goesOn(command);
    if (prompt) command = PROMPT.exec(line)?.[2] ?? '';
    else if (goesOn(command)) command += `\n${line}`;
    // A comment beside typed commands does no harm when it is pasted; sample output would.
    else if (marks[i] === '#') command = line;
    else continue;
    if (prompt || marks[i] === '#') typed.push(command);
    else typed[typed.length - 1] = command;
  }
  return typed.join('\n');
}

/** Whether a shell would ask for more: a trailing backslash, an open quote, or a here-document without its end. */
function goesOn(command: string): boolean {
  const document = /<<-?\s*['"]?(\w+)['"]?/.exec(command);
  if (document?.[1] !== undefined)
    return !command
      .split('\n')
      .slice(1)
      .some((line) => line.trim() === document[1]);
  return /\\$/.test(command) || hasOpenQuote(command);
}

function hasOpenQuote(command: string): boolean {
  let open: string | null = null;
  for (let i = 0; i < command.length; i += 1) {
    const character = command.charAt(i);
    if (character === '\\' && open !== "'") i += 1;
    else if (open === null && (character === '"' || character === "'")) open = character;
    else if (character === open) open = null;
  }
  return open !== null;
}
