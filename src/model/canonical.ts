/** A JSON value without floats. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Nesting deeper than this is refused (DESIGN §4, Form). */
const MAX_DEPTH = 32;

/**
 * RFC 8785 form of `value`: keys sorted by UTF-16 code units, no white space.
 * Throws an Error with one sentence on what has no single form here: floats, integers beyond 2^53, -0,
 * undefined, lone surrogates, nesting deeper than 32.
 */
export function canonical(value: unknown, depth = 0): string {
  if (depth > MAX_DEPTH) throw new Error(`JSON nested deeper than ${MAX_DEPTH} levels cannot be signed.`);
  if (value === null || value === true || value === false) return String(value);
  if (typeof value === 'number') return canonicalNumber(value);
  if (typeof value === 'string') return canonicalString(value);
  if (Array.isArray(value)) return `[${value.map((item) => canonical(item, depth + 1)).join(',')}]`;
  if (typeof value !== 'object') throw new Error(`A ${typeof value} has no place in JSON that is signed.`);
  // The default order of sort() is by UTF-16 code units, which is what RFC 8785 §3.2.3 asks for.
  const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([key, item]) => `${canonicalString(key)}:${canonical(item, depth + 1)}`).join(',')}}`;
}

/**
 * The value of `text` if `text` is exactly its canonical form (so it has no duplicate keys, floats or spare spaces),
 * else undefined. Never throws.
 */
export function parseCanonical(text: string): Json | undefined {
  try {
    const value = JSON.parse(text) as Json;
    return canonical(value) === text ? value : undefined;
  } catch {
    // Not JSON, or JSON that has no canonical form: both mean "does not count".
    return undefined;
  }
}

function canonicalNumber(value: number): string {
  if (!Number.isSafeInteger(value) || Object.is(value, -0)) {
    throw new Error(`The number ${value} is not a whole number below 2^53 and cannot be signed.`);
  }
  return String(value);
}

function canonicalString(value: string): string {
  if (!value.isWellFormed()) throw new Error('Text with half a surrogate pair cannot be signed.');
  return JSON.stringify(value);
}
