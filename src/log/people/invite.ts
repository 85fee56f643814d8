import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes, hexToBytes } from '@noble/hashes/utils.js';
import * as v from 'valibot';
import { canonical, parseCanonical } from '../../model/canonical.ts';
import { wordsOf } from '../../model/words.ts';
import { fromBase64Url, toBase64Url } from '../base64url.ts';

const hex64 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
const inviteContent = v.object({
  v: v.literal(1),
  /** The invite's own secret key: it grants nothing, it only lets its holder ask. */
  secret: hex64,
  root: hex64,
  relays: v.array(v.string()),
  /** Device key of the admin who is to answer. */
  admin: hex64,
});

export type Invite = v.InferOutput<typeof inviteContent>;

export type ParsedInvite =
  | { readonly type: 'ok'; readonly invite: Invite }
  | { readonly type: 'invalid'; readonly reason: string };

const MARK = '#join=';

/** The link that a newcomer opens. All of it stands in the fragment, which no browser sends to a server. */
export function inviteLink(site: string, invite: Invite): string {
  return `${new URL('bridge/', site.endsWith('/') ? site : `${site}/`)}${MARK}${toBase64Url(canonical(invite))}`;
}

/** Reads a whole link, its fragment, or the bare code, as pasted or scanned. */
export function parseInvite(text: string): ParsedInvite {
  // Mail and chat break long links over lines, and put marks around them.
  const joined = text.replace(/[\s<>]/g, '');
  const start = joined.indexOf(MARK);
  const code = /^[\w-]*/.exec(start === -1 ? joined : joined.slice(start + MARK.length))?.[0] ?? '';
  const content = v.safeParse(inviteContent, parseCanonical(fromBase64Url(code) ?? ''));
  if (content.success) return { type: 'ok', invite: content.output };
  return { type: 'invalid', reason: 'This is not a whole invite link: ask for it again, and copy all of it.' };
}

/** Four words that the newcomer's and the admin's screen both show: the same only if the same device key arrived. */
export function fourWords(invitePublicKey: string, devicePublicKey: string): readonly string[] {
  const digest = sha256(concatBytes(hexToBytes(invitePublicKey), hexToBytes(devicePublicKey)));
  return wordsOf(digest.slice(0, 4));
}
