import type { Headers } from '../hosting/header-rules.ts';

interface Rule {
  readonly prefix: string;
  readonly exact: boolean;
  readonly headers: Headers;
}

/** Reads a `_headers` file (the form of Netlify and Cloudflare Pages: a path, then indented headers). */
export function parseHeaderRules(text: string): (path: string) => Headers {
  const rules: Rule[] = [];
  let headers: Record<string, string> = {};
  for (const line of text.split('\n')) {
    const header = /^\s+([\w-]+):\s*(.*)$/.exec(line);
    if (header?.[1] !== undefined) headers[header[1]] = header[2] ?? '';
    else if (line.startsWith('/')) {
      headers = {};
      const exact = !line.trimEnd().endsWith('*');
      rules.push({ prefix: exact ? line.trimEnd() : line.trimEnd().slice(0, -1), exact, headers });
    }
  }
  const fits = ({ prefix, exact }: Rule, path: string) => (exact ? path === prefix : path.startsWith(prefix));
  return (path) => Object.assign({}, ...rules.filter((rule) => fits(rule, path)).map((rule) => rule.headers));
}
