import { canonical, type Json } from './canonical.ts';
import { cleaned } from './clean.ts';

/**
 * A signed event may have 64 KiB (DESIGN §4, Form), and its content stands in it escaped once more. What is left beside the
 * body are sixteen parents, times, tags and the signature: about 2 KiB.
 */
export const PUBLIC_BODY_MAX_BYTES = 62_000;

/** How many of those bytes a body of a public event takes. */
export function publicBodyBytes(body: unknown): number {
  return new TextEncoder().encode(JSON.stringify(canonical(cleaned(body) as Json))).length;
}
