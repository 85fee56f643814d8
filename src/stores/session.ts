import { atom } from 'nanostores';
import { publicKeyOf } from '../log/event.ts';
import { $device } from './device.ts';
import { $invite } from './invite.ts';
import { $messages } from './language.ts';
import { readLocal, report, sentenceOf, writeLocal } from './local.ts';
import { $log } from './log.ts';
import { outside } from './outside.ts';
import { NO_RECEIPTS, type Receipts, receiptsOf } from './receipts.ts';

export const IDLE_MINUTES = 15;
const JOIN = 'lifeboat-join';

/** Where this device stands between stranger and open bridge. */
export type Session =
  | { readonly type: 'locked'; readonly problem: 'wrong' | 'broken' | 'idle' | null }
  | { readonly type: 'unlocking' }
  | { readonly type: 'new' }
  | { readonly type: 'enrolling' }
  /** The device asked to be let in; `words` are compared with the admin's. */
  | { readonly type: 'waiting'; readonly words: readonly string[]; readonly receipts: Receipts }
  | { readonly type: 'removed' }
  | { readonly type: 'open' };

/** Begins as the page's HTML shows it: locked. */
export const $session = atom<Session>({ type: 'locked', problem: null });
