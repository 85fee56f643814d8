import { PlainError } from '../plain-error.ts';

/** The root public key that `--org` gives; a PlainError where it gives none. */
export function readRoot(org: string | undefined): string {
  if (org !== undefined && /^[0-9a-f]{64}$/.test(org)) return org;
  const what = org === undefined ? '--org is missing' : `--org ${org} is not a root public key`;
  throw new PlainError(`${what}; give the 64 hex digits that \`lifeboat init\` printed.`);
}
