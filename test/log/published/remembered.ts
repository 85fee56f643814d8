import type { Verify } from '../../../src/log/check.ts';
import type { Verified } from '../../../src/log/event.ts';
import { fastVerify } from '../../../src/node/fast-verify.ts';

/**
 * The shipped check, asked once for each value. Sound because it is a pure function of the value and the organisation: of a
 * file with one byte changed only the changed line can get another verdict, and that one is asked anew.
 */
export async function rememberedVerify(): Promise<Verify> {
  const verify = await fastVerify();
  const known = new Map<string, Verified>();
  return (value, org) => {
    const key = `${org} ${JSON.stringify(value)}`;
    const verdict = known.get(key) ?? verify(value, org);
    known.set(key, verdict);
    return verdict;
  };
}
