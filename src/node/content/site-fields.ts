import * as v from 'valibot';
import { NAME_MAX_LENGTH, nameFault } from '../../model/authoring.ts';
import { durationMs, durationText } from './site-duration.ts';
import { fill, type SiteVariables } from './site-variables.ts';

// The message of each schema is the end of the sentence "expected …, found …".

/** A map with these keys and no others. */
export function map<const Entries extends v.ObjectEntries>(entries: Entries) {
  return v.strictObject(entries, `a map with the keys ${Object.keys(entries).join(', ')}`);
}

/** One line of text, as a name that somebody posts. */
export const line = v.pipe(
  v.string('one line of text'),
  v.trim(),
  v.check((text) => nameFault(text) !== 'blank', 'text that is not empty'),
  v.check((text) => nameFault(text) !== 'long', `text of at most ${NAME_MAX_LENGTH} characters`),
  v.check(
    (text) => nameFault(text) !== 'lines',
    'one line of text without control characters or marks that turn its direction',
  ),
);

export const id = v.pipe(
  v.string('an id such as card-payments'),
  v.regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'an id such as card-payments (a to z, 0 to 9 and -, at most 40)'),
);

/** A day such as 2026-10-14. */
export const day = v.pipe(v.string('a day such as 2026-10-14'), v.check(isDay, 'a day such as 2026-10-14'));

function isDay(text: string): boolean {
  const time = Date.parse(text);
  return !Number.isNaN(time) && new Date(time).toISOString().slice(0, 10) === text;
}

/** A duration in milliseconds, between two bounds. */
export function duration(least: number, most: number) {
  const expected = 'a duration such as 10s or 5m';
  const bounds = `a duration from ${durationText(least)} to ${durationText(most)}`;
  return v.pipe(
    v.string(expected),
    v.check((text) => durationMs(text) !== undefined, expected),
    // Before it is a number, so that what is found is told as it is written.
    v.check((text) => isBetween(durationMs(text) ?? least, least, most), bounds),
    v.transform((text) => durationMs(text) ?? 0),
  );
}

function isBetween(value: number, least: number, most: number): boolean {
  return value >= least && value <= most;
}

export function integer(least: number, most: number) {
  const expected = `a whole number from ${least} to ${most}`;
  return v.pipe(v.number(expected), v.integer(expected), v.minValue(least, expected), v.maxValue(most, expected));
}

/** Text in which placeholders such as `{relay1}` are filled. */
function filled(variables: SiteVariables, expected: string) {
  const names = Object.keys(variables).map((name) => `{${name}}`);
  return v.pipe(
    v.string(expected),
    v.check(
      (text) => fill(text, variables).type === 'ok',
      () => placeholderHelp(names),
    ),
    v.transform((text) => {
      const result = fill(text, variables);
      return result.type === 'ok' ? result.text : text;
    }),
  );
}

function placeholderHelp(names: readonly string[]): string {
  const known = names.length === 0 ? 'an address without placeholders' : `only the placeholders ${names.join(', ')}`;
  return `${known} (put your own address there, or name with --relay and --site what {relay1} and {site} stand for)`;
}

/** An address with one of these schemes, without a password in it: addresses are shown to members. */
export function url(variables: SiteVariables, ...schemes: readonly string[]) {
  const expected = `an address that begins with ${schemes.map((scheme) => `${scheme}://`).join(' or ')}`;
  const parsed = (text: string) => (URL.canParse(text) ? new URL(text) : undefined);
  return v.pipe(
    filled(variables, expected),
    v.check((text) => schemes.includes(parsed(text)?.protocol.slice(0, -1) ?? ''), expected),
    v.check((text) => !parsed(text)?.username && !parsed(text)?.password, 'an address without user name and password'),
  );
}

/** An address that others are made from by what follows it: the root of a host. */
export function base(variables: SiteVariables, ...schemes: readonly string[]) {
  return v.pipe(
    url(variables, ...schemes),
    v.check((text) => !/[?#"'<>\s]/.test(text), 'an address without ?, #, quotes and spaces'),
    v.check((text) => new URL(text).pathname === '/', 'an address without a path, since the site lies at the root'),
  );
}

/** `host:port`, or `host` alone where there is a usual port; an IPv6 address in brackets. */
export function endpoint(variables: SiteVariables, usualPort?: number) {
  const expected = usualPort === undefined ? 'host:port' : `host or host:port (usually ${usualPort})`;
  const pattern = /^(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9._-]+)(?::(\d{1,5}))?$/;
  const portOf = (text: string) => Number(pattern.exec(text)?.[2] ?? usualPort ?? 0);
  return v.pipe(
    filled(variables, expected),
    v.regex(pattern, expected),
    v.check((text) => portOf(text) >= 1 && portOf(text) <= 65_535, `${expected}, with a port from 1 to 65535`),
    v.transform((text) => ({
      host: (pattern.exec(text)?.[1] ?? '').replace(/^\[|\]$/g, ''),
      port: portOf(text),
    })),
  );
}
