import { hexToBytes } from '@noble/hashes/utils.js';
import { atom, computed } from 'nanostores';
import { publicKeyOf } from '../log/event.ts';
import { fourWords } from '../log/people/invite.ts';
import { joinRequest } from '../log/people/join.ts';
import { keepAsked, readAsked } from './asked.ts';
import { $roster } from './claims.ts';
import { $device } from './device.ts';
import { $invite, dropInvite } from './invite.ts';
import { $messages } from './language.ts';
import { attempt } from './local.ts';
import { $log, $version, openedLog } from './log.ts';
import { type Keys, type Opened, outside } from './outside.ts';
import { type Receipts, receiptsOf } from './receipts.ts';

/** Where this device stands between stranger and open bridge. */
export type Session =
  | { readonly type: 'locked'; readonly problem: LockProblem | null }
  | { readonly type: 'unlocking' }
  /** This device holds no key, or wants a new one. */
  | { readonly type: 'new' }
  | { readonly type: 'enrolling' }
  /** The device asked to be let in; `words` are compared with the admin's. */
  | { readonly type: 'waiting'; readonly words: readonly string[]; readonly receipts: Receipts }
  /** An admin said no: the device was never in, and asks again only with a new key. */
  | { readonly type: 'refused' }
  | { readonly type: 'open' };

/** Why the device is still locked, or locked again: `refused` and `strange` are the screen lock's. */
export type LockProblem = 'wrong' | 'broken' | 'idle' | 'refused' | 'strange';

/** Begins as the page's HTML shows it: locked. */
export const $session = atom<Session>({ type: 'locked', problem: null });

/** Whether a fingerprint, a face or a PIN opens the key of this device, or could be made to. */
export const $screenLock = atom<'kept' | 'offered' | 'none'>('none');

/** Whether the roster has removed the unlocked device: it keeps and reads what it has, and nothing that it writes counts. */
export const $isRemoved = computed(
  [$roster, $device],
  (roster, device) => roster !== null && device !== null && roster.keys.get(device.pubkey)?.removed === true,
);

/** Looks whether this device holds a key, then follows the roster, which lets a waiting device in. */
export async function startSession(): Promise<() => void> {
  const kept = await outside().keys.look();
  // Who has begun to unlock already is not sent back.
  if ($session.get().type !== 'unlocking') {
    $session.set(kept === 'none' ? { type: 'new' } : { type: 'locked', problem: kept === 'damaged' ? 'broken' : null });
  }
  void lookAtScreenLock();
  return $version.listen(judge);
}

/** Opens the key of this device. A wrong passphrase changes nothing but the sentence on the page. */
export async function unlock(passphrase: string): Promise<void> {
  await unlockWith((keys) => keys.open(passphrase), 'wrong');
}

/** Asks for the fingerprint, face or PIN. Where that gives nothing, the passphrase still opens the device. */
export async function unlockByScreenLock(): Promise<void> {
  await unlockWith((keys) => keys.openByScreenLock(), 'strange');
}

/** Lets the screen lock open this device from now on, beside the passphrase; false where the person or the device refused. */
export async function addScreenLock(): Promise<boolean> {
  const device = $device.get();
  if (device === null) return false;
  const added = await outside().keys.addScreenLock(device.secret, $messages.get().title);
  await lookAtScreenLock();
  return added;
}

async function lookAtScreenLock(): Promise<void> {
  $screenLock.set(await outside().keys.screenLock());
}

async function unlockWith(open: (keys: Keys) => Promise<Opened>, wrong: LockProblem): Promise<void> {
  if ($session.get().type !== 'locked') return;
  $session.set({ type: 'unlocking' });
  const opened = await open(outside().keys);
  if (opened.type !== 'ok') {
    return $session.set({ type: 'locked', problem: opened.type === 'wrong' ? wrong : opened.type });
  }
  await openedLog();
  admit(opened.secret);
  const asked = readAsked(outside().local, publicKeyOf(opened.secret));
  if (asked !== null)
    await attempt('write', $messages.get().problems.write, async () => $log.get()?.add([asked.request]));
}

/** Forgets the key and everything that it opened; sealed copies stay. */
export function lock(problem: 'idle' | null): void {
  $log.get()?.lock();
  $device.set(null);
  $session.set({ type: 'locked', problem });
}

/** Makes the key of this device, keeps it under the passphrase, and asks to be let in with the held invite. */
export async function enrol(name: string, passphrase: string, withScreenLock = false): Promise<void> {
  const held = $invite.get();
  if (held.type !== 'held') return;
  const { platform, keys, local } = outside();
  $session.set({ type: 'enrolling' });
  const log = await openedLog();
  const asked = await attempt('write', $messages.get().problems.write, async () => {
    const secret = platform.random(32);
    const pubkey = publicKeyOf(secret);
    const request = joinRequest(held.invite, pubkey, name, platform);
    const words = fourWords(publicKeyOf(hexToBytes(held.invite.secret)), pubkey);
    // In this order no browser that dies on the way is left with a key that nobody was asked to let in.
    keepAsked(local, { pubkey, words, request });
    await keys.keep(secret, passphrase, withScreenLock ? name : null);
    void lookAtScreenLock();
    await log.add([request]);
    dropInvite();
    admit(secret);
  });
  if (!asked) $session.set({ type: 'new' });
}

/** Back to the invite; the old key, and what it asked for, stay where they are until new ones take their place. */
export function startAfresh(): void {
  $log.get()?.lock();
  $device.set(null);
  $session.set({ type: 'new' });
}

function admit(secret: Uint8Array): void {
  const log = $log.get();
  if (log === null) return;
  log.unlock(secret);
  $device.set({ pubkey: publicKeyOf(secret), secret });
  $session.set({ type: 'open' });
  judge();
}

/** What the roster of this moment says about the unlocked device. */
function judge(): void {
  const [log, device] = [$log.get(), $device.get()];
  if (log === null || device === null) return;
  const roster = log.roster();
  const { local } = outside();
  const asked = readAsked(local, device.pubkey);
  const isNamed = roster.keys.has(device.pubkey);
  if (asked === null || isNamed || roster.removed.has(device.pubkey)) {
    if (asked !== null) keepAsked(local, null);
    const type = !isNamed && roster.removed.has(device.pubkey) ? 'refused' : 'open';
    if ($session.get().type !== type) $session.set({ type });
  } else {
    $session.set({ type: 'waiting', words: asked.words, receipts: receiptsOf(log, asked.request.id) });
  }
}
