import { atom } from 'nanostores';
import type { UpdateFailure } from '../model/view.ts';

/** Why a newer version of the app could not be installed, so that this one goes on; null where none failed. */
export const $updateFailure = atom<UpdateFailure | null>(null);
