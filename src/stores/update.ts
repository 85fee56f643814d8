import { atom } from 'nanostores';
import type { UpdateFailure } from '../model/view.ts';

/** What failed when a version of the app was installed on this device; null where nothing did. */
export const $updateFailure = atom<UpdateFailure | null>(null);
