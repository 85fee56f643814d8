import { atom } from 'nanostores';
import { type Invite, parseInvite } from '../log/people/invite.ts';
import { $site } from './site.ts';

/** The invite that this page holds, in memory only. */
export type InviteState =
  | { readonly type: 'none' }
  | { readonly type: 'held'; readonly invite: Invite }
  /** Not a whole invite link. */
  | { readonly type: 'bad' }
  /** Whole, but of another organisation than this page's. */
  | { readonly type: 'other' }
  /** In a browser tab of iOS: a home-screen app shares no storage with it, so the invite is kept for there. */
  | { readonly type: 'kept'; readonly link: string };

export const $invite = atom<InviteState>({ type: 'none' });

/** Whether this page is a browser tab of iOS: no invite is used up here, since the installed app would not find what it gave. */
export const $inIosTab = atom(false);

/** Takes an invite from a link, its fragment, a paste or a QR code. */
export function acceptInvite(text: string): void {
  $invite.set(judged(text));
}

function judged(text: string): InviteState {
  const parsed = parseInvite(text);
  if (parsed.type === 'invalid') return { type: 'bad' };
  const root = $site.get()?.root;
  if (root !== undefined && parsed.invite.root !== root) return { type: 'other' };
  return $inIosTab.get() ? { type: 'kept', link: text } : { type: 'held', invite: parsed.invite };
}

export function dropInvite(): void {
  $invite.set({ type: 'none' });
}
