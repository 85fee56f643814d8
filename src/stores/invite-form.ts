import { atom } from 'nanostores';
import { READING_ROLES, type Role } from '../model/roles.ts';

/** What an admin is about to invite. */
export interface InviteForm {
  /** Whose further device; null: somebody new. */
  readonly member: string | null;
  readonly roles: readonly Role[];
  readonly maxUses: number;
}

const BLANK: InviteForm = { member: null, roles: ['responder'], maxUses: 1 };

export const $inviteForm = atom<InviteForm>(BLANK);
/** Counts up when another part of the page asks for the form: it comes into view then. */
export const $inviteWanted = atom(0);

export function editInvite(change: Partial<InviteForm>): void {
  $inviteForm.set({ ...$inviteForm.get(), ...change });
}

/** Gives or takes a role, of those that the form holds now: what a component last drew may be older than the last click. */
export function chooseRole(role: Role, isChosen: boolean): void {
  const others = $inviteForm.get().roles.filter((one) => one !== role);
  editInvite({ roles: isChosen ? [...others, role] : others });
}

export function clearInvite(): void {
  $inviteForm.set(BLANK);
}

/** Starts an invite for a member with the roles that were theirs. */
export function openInvitation(member: string, roles: readonly Role[]): void {
  const readable = roles.filter((role) => READING_ROLES.includes(role));
  $inviteForm.set({ member, roles: readable.length > 0 ? readable : BLANK.roles, maxUses: 1 });
  $inviteWanted.set($inviteWanted.get() + 1);
}
